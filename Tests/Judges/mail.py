"""What Python's parser reads in the messages named on the command line, a fact a line.

Every text is in hexadecimal. gmime.c says the same of GMime.
"""

import email
import email.policy
import sys


def shown(text):
    octets = text if isinstance(text, bytes) else str(text).encode("utf-8", "surrogateescape")
    return octets.hex()


for name in sys.argv[1:]:
    with open(name, "rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    print("subject", shown(message["subject"] or ""))
    for field in ("from", "to"):
        for address in message[field].addresses:
            print(field, shown(address.display_name), shown(f"{address.username}@{address.domain}"))
    print("id", shown(str(message["message-id"]).strip("<>")))
    for word in str(message["references"] or "").split():
        print("reference", shown(word.strip("<>")))
    print("date", int(message["date"].datetime.timestamp()))
    for part in message.walk():
        if part.is_multipart():
            continue
        content = shown(part.get_payload(decode=True))
        if (filename := part.get_filename()) is not None:
            print("file", shown(filename), content)
        else:
            print(part.get_content_subtype(), part["content-type"].params.get("delsp", "no"), content)
    print("end")
