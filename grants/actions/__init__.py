"""Every write of grants/: opening a case, stating facts, freezing, filing, deciding, deadlines."""
