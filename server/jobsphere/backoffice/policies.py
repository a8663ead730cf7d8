"""The rights of staff that the routes of the back office ask for; administrators hold all of them.

Each selector and service below asks for its right again, so a route that asked for the wrong one shows nothing.
"""

#: People: find them, close and open their accounts. Rights themselves are granted by administrators alone.
USERS = "users"
#: Everybody's jobs and contracts, to read.
SUPPORT = "support"
#: The books, and decisions about other people's money.
FINANCE = "finance"
#: What the marketplace charges.
COMMISSION = "commission"
#: The audit trail.
AUDIT = "audit"
#: The queue, its dead letters, and how the marketplace is set up.
OPERATIONS = "operations"
#: The papers that contractors prove themselves with, and what is asked of them before they can be hired.
VERIFICATION = "verification"
#: Reports about people, restrictions and appeals.
MODERATION = "moderation"
