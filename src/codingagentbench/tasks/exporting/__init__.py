"""Tasks of ours in other people's layouts. Nothing is run here."""
