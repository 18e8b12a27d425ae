/// Every section and key this version knows, in the order of the sample file.
package struct Schema: Sendable {
    package let sections: [Section]
    /// Keys of earlier versions, by their full name.
    package let retired: [String: Retirement]

    package enum Retirement: Hashable, Sendable {
        /// Read as the other key, with a warning.
        case renamed(to: String)
        /// Ignored with a warning that says why; at least for one major version.
        case removed(because: String)
    }

    package init(_ sections: [Section], retired: [String: Retirement] = [:]) {
        self.sections = sections
        self.retired = retired
    }

    package static let current = Schema(
        [
            Configuration.Firm.section, Configuration.Web.section, Configuration.Storage.section,
            Configuration.Storage.keepSection, Configuration.Mailbox.section, Configuration.Sending.section,
            Configuration.Matching.section, Configuration.Filing.section, Configuration.Rule.section,
            Configuration.Folder.section, Configuration.Requests.section, Configuration.Scanning.section,
            Configuration.Log.section, Configuration.Metrics.section,
        ],
        retired: ["matching.own_domains": .renamed(to: "firm.domains")])

    /// The section written `[name]`, `[[name]]` or `[name.NAME]`.
    package func section(_ name: String) -> Section? { sections.first { $0.name == name } }

    /// `mailbox.port` for the setting of every mailbox.
    package func setting(_ name: String) -> Setting? {
        guard let dot = name.lastIndex(of: ".") else { return nil }
        return section(String(name[..<dot]))?[String(name[name.index(after: dot)...])]
    }
}

/// A section and its keys.
package struct Section: Sendable {
    package enum Shape: Hashable, Sendable {
        /// `[firm]`, once.
        case single
        /// `[mailbox.NAME]`, once for each name.
        case named
        /// `[[filing.rule]]`, as often as one likes.
        case list
    }

    package let name: String
    package let shape: Shape
    /// A line above it in `mailroom config --defaults`.
    package let title: String
    /// One paragraph for the man page.
    package let text: String
    package let settings: [Setting]

    package subscript(key: String) -> Setting? { settings.first { $0.key == key } }

    /// As it is written: `[mailbox.NAME]`.
    package var header: String {
        switch shape {
        case .single: "[\(name)]"
        case .named: "[\(name).NAME]"
        case .list: "[[\(name)]]"
        }
    }
}
