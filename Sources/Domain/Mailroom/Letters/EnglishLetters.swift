/// The built-in texts in English.
enum EnglishLetters {
    static func text(_ kind: LetterKind) -> String {
        switch kind {
        case .request: request
        case .reminder: reminder
        case .overdue: overdue
        case .secondReminder: secondReminder
        case .rejection: rejection
        case .receipt: receipt
        case .share: share
        case .undelivered: undelivered
        case .uploaded: uploaded
        case .letter: letter
        case .invitation: invitation
        case .signIn: signIn
        case .code: code
        }
    }

    private static let request = """
        Subject: Documents needed: {title}

        {greeting}

        We need some documents from you for {account}.

        {message}

        Documents requested
        {items}

        For you to look at, by the link
        {documents}

        Please send them to us by {due}.

        Upload documents: {link}

        The link is valid until {expires}. You don’t need an account or a password. Your files are encrypted on their way and go straight to {firm}.
        {invite_reply}

        If you have any questions, please call us on {phone}.

        Kind regards,
        {person}
        {firm}
        """

    private static let reminder = """
        Subject: Reminder: {title}

        {greeting}

        This is a friendly reminder that we are still missing some documents for {account}.

        Still needed
        {items}

        Already received
        {received}

        Please send us what is missing by {due}.

        Upload documents: {link}

        The link is valid until {expires}.
        {invite_reply}

        If you have sent everything in the meantime, please disregard this reminder.

        Kind regards,
        {person}
        {firm}
        """

    private static let overdue = """
        Subject: Overdue: {title}

        {greeting}

        We are still missing some documents for {account}.
        We had asked you to send them by {due}.
        Please let us have them as soon as you can, so that we can finish our work for you in time.

        Still needed
        {items}

        Already received
        {received}

        Upload documents: {link}

        The link is valid until {expires}.
        {invite_reply}

        If there is something you can’t get hold of, or if you need more time, please let us know.
        You can reach us on {phone}.

        Kind regards,
        {person}
        {firm}
        """

    private static let secondReminder = """
        Subject: Second reminder: {title}

        {greeting}

        We have already written to you about the documents that are missing for {account}. Unfortunately, we can’t continue without them.

        Still needed
        {items}

        Already received
        {received}

        Due date: {due}

        Upload documents: {link}

        The link is valid until {expires}.
        {invite_reply}

        If there is something you can’t get hold of, or if you need more time, please let us know.
        You can reach us on {phone}.

        Kind regards,
        {person}
        {firm}
        """

    private static let rejection = """
        Subject: Please send again: {title}

        {greeting}

        Thank you for the documents for {account}. Unfortunately, we can’t use some of them as they are. Please send us the following once more.

        Please send again
        {items}

        {message}

        Please send them to us by {due}.

        Upload documents: {link}

        The link is valid until {expires}.
        {invite_reply}

        If you have any questions, please call us on {phone}.

        Kind regards,
        {person}
        {firm}
        """

    private static let receipt = """
        Subject: Received: {title}

        {greeting}

        Thank you. We have received {count} for {account}.

        Files received
        {files}

        Still needed
        {items}

        Upload more documents: {link}

        The checksum (SHA-256) proves at any time that a file has arrived unchanged.

        Kind regards,
        {person}
        {firm}
        """

    private static let share = """
        Subject: Documents for you: {title}

        {greeting}

        {person} has shared documents with you that concern {account}.

        {message}

        Shared with you
        {items}

        View the documents: {link}

        The link works until {expires}. You need no account and no password. Please don’t pass this e-mail on: whoever has the link can see the documents.

        If you have any questions, please call us on {phone}.

        Kind regards,
        {person}
        {firm}
        """

    private static let undelivered = """
        Subject: Not delivered: {title}

        {greeting}

        The message “{title}” could not be delivered to {address}.
        It is about {account}.

        The recipient’s server says
        {words}

        No more reminders go to this recipient. Please check the address, then send the message again.
        """

    private static let uploaded = """
        Subject: Files from {person}: {title}

        {greeting}

        {person} has sent {count} for {account}: “{title}”.

        Received
        {items}

        Look at them: {link}
        """

    private static let letter = """
        Subject: {title}

        {message}

        {person}
        {firm}
        """

    private static let invitation = """
        Subject: Your access to the documents: {title}

        {greeting}

        We have opened the documents of {account} to you. There you see what we have put there for you, and can give us files.

        {message}

        To the documents: {link}

        Enter the e-mail address that this letter came to. We then send you a message that signs you in. There is nothing to remember.

        If you have any questions, please call us on {phone}.

        Kind regards,
        {person}
        {firm}
        """

    private static let signIn = """
        Subject: Your sign-in: {title}

        {greeting}

        Somebody would like to sign in with {firm} by your e-mail address, to see the documents of {account}.

        Sign in: {link}

        It works for 20 minutes, and once.

        Was it not you? Then there is nothing to do. Please do not pass this message on: whoever has it sees your documents.

        {person}
        {firm}
        """

    private static let code = """
        Subject: Your code from {firm}

        {greeting}

        Somebody has opened a link that we sent to your address. So that we know it is you, please enter this code there:

        {code}

        It works for 10 minutes, and for one visit.

        If it was not you, somebody else has your link, but not this code. Give it to nobody, not on the telephone either, and please tell us.
        You can reach us on {phone}.

        {firm}
        """
}
