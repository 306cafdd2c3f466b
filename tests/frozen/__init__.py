"""What was frozen in earlier shapes, one JSON file a shape and a kind, and the test that reads them all."""
