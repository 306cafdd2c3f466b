"""Employees brought in and taken out as a table: it joins the reading of tables of courses/ with the rules of firms/."""
