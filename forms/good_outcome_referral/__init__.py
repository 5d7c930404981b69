"""Seriously good outcome referral."""
