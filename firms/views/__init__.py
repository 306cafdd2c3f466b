"""The pages of firms/, split by story."""
