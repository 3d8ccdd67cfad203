"""Who gets what: shares per village, Gini, exclusion; for votes also EJR+, a price system and what would have sufficed."""
