"""Evidence becomes pages that are ready to be bound: upright, passive, a blank strip below each."""
