package import Mailroom

extension Configuration {
    /// How clients are asked for documents, and how often they are reminded.
    package struct Requests: Hashable, Sendable {
        /// How long a link holds at least.
        package let uploadExpiresDays: Int
        /// How long the link of a share holds.
        package let shareExpiresDays: Int
        /// Days around the due date.
        package let remindDue: [Int]
        /// Days after it was sent, where there is no due date.
        package let remindAfter: [Int]
        /// In minutes after midnight.
        package let remindAt: Int
        package let invitesReply: Bool
        /// What links of requests ask of whoever comes by them.
        package let uploadProof: LinkProof
        /// Likewise of shares.
        package let shareProof: LinkProof
        /// In octets.
        package let largestFile: Int
        /// By one link.
        package let mostFiles: Int
        /// In octets, by one link.
        package let mostOctets: Int
        /// Who is written to when files came.
        package let tell: Tell

        package enum Tell: String, Hashable, Sendable, CaseIterable {
            case assignee, followers, all, nobody
        }

        init(_ settings: Instance) {
            uploadExpiresDays = settings.duration("upload_expires") / 86_400
            shareExpiresDays = settings.duration("share_expires") / 86_400
            remindDue = settings.days("remind_due")
            remindAfter = settings.days("remind_after")
            remindAt = settings.time("remind_at")
            invitesReply = settings.flag("invite_reply")
            uploadProof = settings.word("upload_proof")
            shareProof = settings.word("share_proof")
            largestFile = settings.size("largest_file")
            mostFiles = settings.number("most_files")
            mostOctets = settings.size("most_bytes")
            tell = settings.word("tell")
        }

        static let section = Section(
            name: "requests", shape: .single, title: "What clients are asked for",
            text: "How requests for documents are sent, and how clients are reminded of them.",
            settings: [
                Setting(
                    "upload_expires", .duration(86_400...(3650 * 86_400)), or: .duration(90 * 86_400),
                    """
                    How long a request and its link hold; at least until 60 days after it is due. In whole \
                    days.
                    """),
                Setting(
                    "share_expires", .duration(86_400...(3650 * 86_400)), or: .duration(7 * 86_400),
                    """
                    How long somebody may look at documents that are shared with them, unless another day is \
                    set. In whole days.
                    """),
                Setting(
                    "remind_due", .days(-60...365), or: .days([-3, 1, 7]),
                    """
                    When clients are reminded of a request that has a due date: days before it, with a \
                    minus, and after it. `[]`: never. A request may have its own.
                    """),
                Setting(
                    "remind_after", .days(1...365), or: .days([7, 14]),
                    "When clients are reminded of a request without a due date: days after it was sent."),
                Setting(
                    "remind_at", .time, or: .time(8 * 60 + 30),
                    """
                    The time of the day at which reminders are sent, in the firm's time zone: on working \
                    days, within `office_hours` of `[firm]`.
                    """),
                Setting(
                    "invite_reply", .flag, or: .flag(false),
                    """
                    Whether letters say that a simple reply with the files attached will do. E-mail is not \
                    the safest way for documents; replies are taken in any case.
                    """),
                Setting(
                    "upload_proof", .choice(LinkProof.self), or: .text("none"),
                    """
                    What the links of requests ask of whoever comes by them, unless another is chosen. With \
                    `none` the link is all that is needed; with `code` a code of six digits goes to its \
                    address by mail, each time that a browser comes anew; with `login` the recipient signs in \
                    to the clients' pages, and who can't do that is asked for a code. An open link has no \
                    address, and asks for nothing.
                    """),
                Setting(
                    "share_proof", .choice(LinkProof.self), or: .text("none"),
                    "The same for the links of documents that are shared."),
                Setting(
                    "largest_file", .size(1...(1 << 40)), or: .size(200 << 20),
                    """
                    The largest file that a client may send over a link. It is filed however large it is \
                    within this, whatever `largest` of `[filing]` says of mail.
                    """),
                Setting(
                    "most_files", .number(1...100_000), or: .number(200),
                    "How many files may come by one link, whoever has more asks for another; and, from a client who signs in, in a day."
                ),
                Setting(
                    "most_bytes", .size(1...(1 << 50)), or: .size(10 << 30),
                    "How much may come by one link, all its files together; and likewise in a day."),
                Setting(
                    "tell", .choice(Tell.self), or: .text("assignee"),
                    """
                    Who on the staff is written to, once things are quiet, when a client has sent files by a page: \
                    the colleague whose account it is (`"assignee"`), those who follow it besides \
                    (`"followers"`), everybody who may see it (`"all"`), or `"nobody"`. Each may switch it \
                    off for themselves. It stands in the inbox in any case.
                    """),
            ])
    }
}
