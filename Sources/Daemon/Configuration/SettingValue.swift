package import Secrets
package import Text

/// A value that has passed the check.
package enum SettingValue: Hashable, Sendable {
    case text(String)
    case flag(Bool)
    case number(Int)
    /// In octets.
    case size(Int)
    /// In seconds.
    case duration(Int)
    case date(CivilDay)
    case dates([CivilDay])
    case days([Int])
    /// In minutes after midnight.
    case time(Int)
    case texts([String])
    case secret(SecretSource)
    case names(LocalizedName)
    case table([String: SettingValue])

    /// As it would be written in the file; of a secret only where it is kept.
    package var toml: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .flag(let flag): flag ? "true" : "false"
        case .number(let number): "\(number)"
        case .size(let octets): Self.quoted(Units.size(octets))
        case .duration(let seconds): Self.quoted(Units.duration(seconds))
        case .date(let date): date.description
        case .dates(let dates): "[" + dates.map(\.description).joined(separator: ", ") + "]"
        case .days(let days):
            "[" + days.map { Self.quoted("\($0) \(abs($0) == 1 ? "day" : "days")") }.joined(separator: ", ")
                + "]"
        case .time(let minute): OfficeHours.text(minute) + ":00"
        case .texts(let texts): "[" + texts.map(Self.quoted).joined(separator: ", ") + "]"
        case .secret(.credential(let name)): "{ credential = \(Self.quoted(name)) }"
        case .secret(.file(let path)): "{ file = \(Self.quoted(path)) }"
        case .secret(.command(let words)):
            "{ command = [" + words.map(Self.quoted).joined(separator: ", ") + "] }"
        case .names(let names): names.toml
        case .table(let values):
            "{ "
                + values.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value.toml)" }
                .joined(separator: ", ") + " }"
        }
    }

    /// A basic string of TOML.
    static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"", "\\": return "\\\(scalar)"
            case "\n": return "\\n"
            case "\t": return "\\t"
            default:
                guard scalar.value < 32 || scalar.value == 127 else { return String(scalar) }
                let digits = String(scalar.value, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return "\"\(escaped.joined())\""
    }
}

/// A name in each language that clients and staff can have.
package struct LocalizedName: Hashable, Sendable {
    package let de: String
    package let ja: String
    package let en: String

    package init(de: String, ja: String, en: String) {
        self.de = de
        self.ja = ja
        self.en = en
    }

    package init(_ name: String) { self.init(de: name, ja: name, en: name) }

    /// One text where all are the same, else an inline table.
    var toml: String {
        if de == ja, ja == en { return SettingValue.quoted(en) }
        let names = Language.allCases.map { "\($0.rawValue) = \(SettingValue.quoted(self[$0]))" }
        return "{ \(names.joined(separator: ", ")) }"
    }

    package subscript(language: Language) -> String {
        switch language {
        case .de: de
        case .ja: ja
        case .en: en
        }
    }
}

/// A language that Mailroom speaks.
package enum Language: String, Hashable, Sendable, CaseIterable {
    case de, ja, en
}
