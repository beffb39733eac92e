"""The till of a club: accounts, bookings, and a journal that is closed every evening."""

from dataclasses import dataclass, field

LIMIT = -2000
FEE = 50
SMALL = 500


class Refused(Exception):
    """A booking that must not be made; the message says why."""


@dataclass
class Account:
    """Amounts are whole cents. A member may owe up to 20.00, a guest nothing."""

    name: str
    kind: str = "member"
    balance: int = 0
    blocked: bool = False
    bookings: list = field(default_factory=list)

    @property
    def lowest(self):
        """How far down the account may go."""
        match self.kind:
            case "member":
                return LIMIT
            case "board":
                return 2 * LIMIT
            case _:
                return 0

    def book(self, cents, text):
        """Change the balance; raises Refused for a blocked account or one that would go too low."""
        if self.blocked:
            raise Refused(f"{self.name} is blocked")
        if cents < 0 and self.balance + cents < self.lowest:
            raise Refused(f"{self.name} has only {self.balance - self.lowest} left")
        self.balance += cents
        self.bookings.append((cents, text))

    def fee(self):
        """What a purchase costs on top: nothing for members, and for small ones nothing either."""
        return 0 if self.kind != "guest" else FEE


class Journal:
    """All bookings of an evening, in order; closed at its end, whatever happens."""

    def __init__(self):
        self.lines = []
        self.open = False

    def __enter__(self):
        self.open = True
        return self

    def __exit__(self, *_):
        self.close()

    def write(self, line):
        if not self.open:
            raise Refused("the journal is closed")
        self.lines.append(line)

    def close(self):
        self.open = False


class Till:
    """Accounts by name, and what is sold."""

    def __init__(self, prices):
        self.prices = dict(prices)
        self.accounts = {}
        self.journal = Journal()

    def join(self, name, kind="member"):
        """A new account; raises Refused for a name that is taken or empty."""
        if not name or name in self.accounts:
            raise Refused(f"the name {name!r} cannot be taken")
        self.accounts[name] = Account(name, kind)
        return self.accounts[name]

    def pay_in(self, name, cents):
        """Put money on an account; it must be more than nothing."""
        if cents <= 0:
            raise Refused("nothing to pay in")
        with self.journal as journal:
            self.accounts[name].book(cents, "paid in")
            journal.write(f"{name} +{cents}")

    def sell(self, name, article, count=1):
        """Sell to an account; returns what it cost. Ten of one kind are sold at the price of nine."""
        if count < 1 or article not in self.prices:
            raise Refused(f"{count} x {article} is not for sale")
        account = self.accounts[name]
        free = count // 10
        cents = self.prices[article] * (count - free)
        if cents >= SMALL:
            cents += account.fee()
        with self.journal as journal:
            account.book(-cents, article)
            journal.write(f"{name} -{cents} {article}")
        return cents

    def transfer(self, giver, taker, cents):
        """Move money; both accounts change or none does."""
        if cents <= 0 or giver == taker:
            raise Refused("nothing to move")
        if self.accounts[taker].blocked:
            raise Refused(f"{taker} is blocked")
        with self.journal as journal:
            self.accounts[giver].book(-cents, f"to {taker}")
            self.accounts[taker].book(cents, f"from {giver}")
            journal.write(f"{giver} {taker} {cents}")

    def debtors(self):
        """(name, what is owed), the largest debt first, equal ones by name."""
        owed = [(a.name, -a.balance) for a in self.accounts.values() if a.balance < 0]
        return sorted(owed, key=lambda row: (-row[1], row[0]))

    def totals(self):
        """(sum of what is on accounts, sum of what is owed)."""
        balances = [account.balance for account in self.accounts.values()]
        have = sum(balance for balance in balances if balance > 0)
        owe = sum(-balance for balance in balances if balance < 0)
        return have, owe
