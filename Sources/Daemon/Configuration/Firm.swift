package import Mailroom
package import Text

extension Configuration {
    /// Who the firm is, and which addresses are its own.
    package struct Firm: Hashable, Sendable {
        package let name: String
        package let language: Language
        /// A name of the time zone database.
        package let timeZone: String
        /// As written; compare them by IDNA.
        package let domains: [String]
        package let staffAddresses: [String]
        package let phone: String?
        /// Days on which nobody works and nothing is asked for.
        package let holidays: [CivilDay]
        package let officeHours: OfficeHours
        /// Addresses of pages.
        package let imprint: String?
        package let privacy: String?
        package let accent: AccentColor

        init(_ settings: Instance) {
            name = settings.text("name")
            language = settings.word("language")
            timeZone = settings.text("time_zone")
            domains = settings.texts("domains")
            staffAddresses = settings.texts("staff_addresses")
            phone = settings.optionalText("phone")
            holidays = settings.dates("holidays")
            officeHours = OfficeHours(settings.text("office_hours")) ?? .standard
            imprint = settings.optionalText("imprint")
            privacy = settings.optionalText("privacy")
            accent = AccentColor(settings.text("accent")) ?? .ledgerGreen
        }

        static let section = Section(
            name: "firm", shape: .single, title: "The firm",
            text:
                """
                The firm itself: how it is called, which language it speaks, and which addresses are its \
                own.
                """,
            settings: [
                Setting(
                    "name", .line, or: .text("Mailroom"),
                    "The firm's name, as staff and clients read it. Without one Mailroom uses its own."),
                Setting(
                    "language", .choice(Language.self), or: .text("en"),
                    """
                    The language of names that Mailroom invents: folders, months in folder names, notes. An \
                    account with a language of its own has its folders in that one.
                    """),
                Setting(
                    "time_zone", .timeZone, or: .text("UTC"),
                    """
                    Which day and which month it is when a message arrives: `{year}` and `{month}` in a \
                    folder go by it. A name of the time zone database, such as `Europe/Berlin` or \
                    `Asia/Tokyo`.
                    """),
                Setting(
                    "domains", .list(.domain), or: .texts([]),
                    """
                    The firm's own domains. Mail from an address in one of them is a colleague's: it is \
                    never filed as a client's, and a forward by a colleague becomes a suggestion that names \
                    the original sender.
                    """),
                Setting(
                    "staff_addresses", .list(.address), or: .texts([]),
                    """
                    Addresses of colleagues outside the firm's own domains, such as a freelancer's. Their \
                    mail is treated like that of the firm's own domains.
                    """),
                Setting(
                    "phone", .line, example: "\"+49 30 5550 142\"",
                    """
                    The firm's telephone number, named to people who need help. Without it messages name the \
                    firm alone.
                    """),
                Setting(
                    "holidays", .dates, or: .dates([]),
                    """
                    Days on which the firm is closed, besides Saturdays and Sundays: no reminder is sent on \
                    them, but on the next working day.
                    """),
                Setting(
                    "office_hours", .hours, or: .text(OfficeHours.standard.description),
                    """
                    When somebody is there to answer a question, in the firm's time zone. Reminders are sent \
                    within these hours alone.
                    """),
                Setting(
                    "imprint", .page, example: "\"https://bergmann-stb.example/impressum\"",
                    """
                    The page that says who the firm is, as the law of some countries wants it. Letters to \
                    clients refer to it.
                    """),
                Setting(
                    "privacy", .page, example: "\"https://bergmann-stb.example/datenschutz\"",
                    "The page on data protection. Letters to clients refer to it."),
                Setting(
                    "accent", .color, or: .text(AccentColor.ledgerGreen.description),
                    """
                    The colour of buttons in letters and on clients' pages. One on which white text would be hard to read is \
                    refused; on dark paper a lighter one of the same hue is used.
                    """),
            ])
    }
}
