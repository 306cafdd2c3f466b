"""Every write of firms/ that is more than one row's own field, split by story."""
