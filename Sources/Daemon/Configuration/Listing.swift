extension Configuration {
    /// One key with the value that is in force, and why it is: what `mailroom config` prints.
    package struct Row: Hashable, Sendable {
        /// The whole name: `mailbox.office.port`, `filing.rule.2.folder`.
        package let key: String
        /// As TOML, of a password only where it is kept; nil when nothing is set and nothing is the default.
        package let value: String?
        /// Where it was set; nil when the default holds.
        package let place: Place?
        /// Earlier places whose value this one replaced.
        package let overridden: [Place]
        /// Whether the value is the default's, be it written or not.
        package let isDefault: Bool
        /// The section as it is written, and the key's name in it.
        let section: String
        let name: String

        package var json: String {
            let fields = [
                ("key", JSONText.quoted(key)), ("value", value.map(JSONText.quoted) ?? "null"),
                ("default", isDefault ? "true" : "false"),
                ("file", place.map { JSONText.quoted($0.file) } ?? "null"),
                ("line", place.map { "\($0.line)" } ?? "null"),
            ]
            return "{" + fields.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
        }

        /// `default`, or `conf.d/50-site.toml:3, over mailroom.toml:12`.
        package var origin: String {
            guard let place else { return value == nil ? "not set" : "default" }
            guard !overridden.isEmpty else { return place.description }
            return "\(place), over " + overridden.map(\.description).joined(separator: " and ")
        }
    }

    /// Every key of every section that is there, in the order of the schema.
    package func rows() -> [Row] {
        Schema.current.sections.flatMap { section -> [Row] in
            // One that needs something is there when somebody wrote it.
            let isAlways = section.shape == .single && !section.settings.contains(where: \.isRequired)
            let instances = isAlways ? [settings.only(section)] : settings.all(section)
            return instances.flatMap { instance in section.settings.map { row($0, instance) } }
        }
    }

    /// Only what differs from the default.
    package func differences() -> [Row] { rows().filter { !$0.isDefault } }

    /// The rows of one key, or of all keys below a name such as `mailbox.office`.
    package func rows(of name: String) -> [Row] {
        rows().filter { $0.key == name || $0.key.hasPrefix("\(name).") }
    }

    private func row(_ setting: Setting, _ instance: Instance) -> Row {
        let entry = instance.entries[setting.key]
        let fallback = instance.fallback(of: setting)
        let value = entry?.value ?? fallback
        return Row(
            key: "\(instance.path).\(setting.key)", value: value?.toml, place: entry?.place,
            overridden: entry?.overridden ?? [], isDefault: value == fallback,
            section: instance.title,
            name: setting.key)
    }

    /// Rows as a file of TOML, each with its place behind it.
    ///
    /// - Parameter origin: whether the places that were overridden are told too.
    package static func text(_ rows: [Row], origin: Bool = false) -> String {
        var text = ""
        var last = ""
        for row in rows {
            let path = row.key.dropLast(row.name.count)
            if path != last {
                text += (text.isEmpty ? "" : "\n") + row.section + "\n"
                last = String(path)
            }
            let setting = row.value.map { "\(row.name) = \($0)" } ?? "#\(row.name)"
            let blanks = String(repeating: " ", count: max(2, 48 - setting.unicodeScalars.count))
            text +=
                setting + blanks + "# " + (origin ? row.origin : row.place?.description ?? row.origin) + "\n"
        }
        return text
    }
}
