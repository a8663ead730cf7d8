"""The pure rules of offers and contracts: lifecycles, terms, cancellation. No ORM."""
