"""What the rules of grants, trials and mentors stand on: pure Python, and no more of firms/ than this folder."""
