"""manage.py bench"""
