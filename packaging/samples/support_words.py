"""What the invented people of the help desk survey write, by how they came and who helped them."""

from __future__ import annotations

OPENINGS = (
    "First time I needed you.",
    "We have been customers for six years.",
    "Second ticket this month.",
    "It was urgent.",
    "I wrote on a Sunday.",
    "Small question.",
    "This was for a colleague.",
    "Long story.",
)

CLOSINGS = {
    True: (
        "Thank you!",
        "Keep it up.",
        "I told my team about it.",
        "Much better than last year.",
        "Well done.",
        "That is how it should be.",
    ),
    False: (
        "Please do better.",
        "I expected more.",
        "Please call me back.",
        "This cost us half a day.",
        "We are looking at other suppliers.",
        "Not for the first time.",
    ),
}

GOOD = {
    "E-mail": (
        "Clear answer with screenshots, worked first time.",
        "I got a reply within the hour.",
        "The e-mail explained every step, very helpful.",
        "Polite, complete and quick.",
    ),
    "Phone": (
        "Solved in one call, thank you!",
        "The agent stayed on the line until it worked.",
        "Friendly voice and a real solution.",
        "No waiting at all on a Monday morning.",
    ),
    "Chat": (
        "Chat was quick and easy, done in five minutes.",
        "Great chat support, I could keep working meanwhile.",
        "The chat agent knew exactly what to do.",
        "Loved that I got the transcript afterwards.",
        "Simple. Opened the chat and it was sorted.",
    ),
    "Social media": ("You answered my post faster than anyone.", "Nice that you follow up on social media."),
    "Technical": (
        "They found a fault that we had for months.",
        "The engineer explained what went wrong.",
        "My access was back before the meeting.",
        "Remote session fixed everything.",
        "Very competent technician.",
    ),
    "Billing": (
        "The invoice was corrected the same day.",
        "They refunded the double charge without discussion.",
        "Finally a contract I understand.",
    ),
    "Orders": (
        "The replacement arrived the next morning.",
        "Tracking was updated and the parcel came on time.",
        "Return label in my inbox within minutes.",
        "They changed the delivery address at the last minute.",
    ),
}

PLAIN = (
    "It was fine.",
    "Solved, but I had to ask twice.",
    "OK in the end.",
    "Good help, a little slow.",
    "Would be nice to have this on the help pages.",
    "Average experience, nothing special.",
    "Helpful person, but the form is too long.",
    "Works now, thanks.",
)

TROUBLE = {
    "E-mail": (
        "I waited four days for an answer.",
        "Three e-mails and each time a different person.",
        "The answer was a template that had nothing to do with my question.",
    ),
    "Phone": (
        "Forty minutes on hold.",
        "I was passed from one desk to another.",
        "The line dropped and nobody called back.",
        "The phone menu is a maze.",
    ),
    "Chat": ("The chat ended while I was typing.", "The robot kept sending me the same link."),
    "Social media": ("I was told to write an e-mail instead.", "Only a standard reply under my post."),
    "Technical": (
        "The fault came back the next day.",
        "I had to explain my problem three times.",
        "They closed the ticket before it worked.",
        "Still cannot log in on my phone.",
    ),
    "Billing": (
        "The invoice is still wrong after two months.",
        "I was charged twice and had to prove it myself.",
        "Nobody could explain the fees on my bill.",
        "My refund took five weeks.",
        "They asked for the same document again and again.",
    ),
    "Orders": (
        "The parcel was sent to my old address again.",
        "Delivery was promised for Tuesday and came on Friday.",
        "I had to pay for the return of a broken item.",
        "Wrong size twice in a row.",
    ),
}
