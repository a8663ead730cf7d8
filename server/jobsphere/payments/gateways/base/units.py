"""Between our minor units and a gateway's, which differ in some currencies."""


class UnrepresentableAmountError(ValueError):
    """This amount cannot be written in the steps of the other side."""


def rescale(amount: int, shift: int) -> int:
    """Return the amount with `shift` more digits (fewer when negative). Raises UnrepresentableAmountError."""
    if shift >= 0:
        return amount * 10**shift
    whole, rest = divmod(amount, 10**-shift)
    if rest:
        raise UnrepresentableAmountError(f"{amount} has {-shift} digits that the other side does not know")
    return int(whole)
