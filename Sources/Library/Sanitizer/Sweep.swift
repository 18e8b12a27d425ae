/// One walk through a mail's tree, deciding about each node.
struct Sweep {
    private let showsRemotePictures: Bool
    private let pictures: MailSanitizer.Pictures
    private let filter: StyleFilter

    private(set) var pieces: [MarkupPiece] = []
    private(set) var style = ""
    private(set) var remotePictures = 0
    private(set) var trackers = 0

    /// What is nested deeper is written side by side: browsers do the same from 512 on.
    private static let deepest = 200
    private static let mostNodes = 200_000
    private static let longestStyle = 512 << 10

    init(showsRemotePictures: Bool, pictures: @escaping MailSanitizer.Pictures) {
        self.showsRemotePictures = showsRemotePictures
        self.pictures = pictures
        filter = StyleFilter { address in
            MailAddresses.contentID(address).flatMap(pictures) ?? MailAddresses.dataPicture(address)
        }
    }

    mutating func take(_ tree: HTMLTree) {
        var open: [(name: String, end: Int)] = []
        var index = 0
        var styleLeft = Self.longestStyle
        var sheet = StyleSheet(filter: filter)
        /// What lies before it is in an element that is not shown.
        var hiddenUntil = 0
        while index < tree.nodes.count, pieces.count < Self.mostNodes {
            while let last = open.last, last.end <= index {
                pieces.append(.end(last.name))
                open.removeLast()
            }
            switch tree.nodes[index] {
            case .text(let text):
                pieces.append(.text(text))
                index += 1
            case .element("style", _, let end):
                for node in tree.nodes[(index + 1)..<end] {
                    guard case .text(let text) = node, text.utf8.count <= styleLeft else { continue }
                    styleLeft -= text.utf8.count
                    style += sheet.filtered(text)
                }
                index = end
            case .element("head", _, _), .element("html", _, _): index += 1
            case .element(let name, _, let end) where MarkupWords.silent.contains(name): index = end
            case .element(let name, let attributes, let end):
                if let kept = element(name), open.count < Self.deepest {
                    let clean = self.attributes(attributes, of: kept)
                    if name == "img" {
                        let source = attributes.first { $0.name == "src" }?.value
                        picture(source, clean, isInvisible: index < hiddenUntil || Self.isInvisible(clean))
                    } else if name != "body" || !clean.isEmpty {
                        if Self.isHidden(clean) { hiddenUntil = max(hiddenUntil, end) }
                        pieces.append(.start(kept, clean))
                        if !MarkupWords.void.contains(kept) { open.append((kept, end)) }
                    }
                }
                index += 1
            }
        }
        for last in open.reversed() { pieces.append(.end(last.name)) }
    }

    /// The element that stands for this one; nil: only what it holds is kept.
    private func element(_ name: String) -> String? {
        if MarkupWords.elements.contains(name) { return name }
        if MarkupWords.boxes.contains(name) { return "div" }
        return MarkupWords.verbatim.contains(name) ? "pre" : nil
    }

    private func attributes(_ written: [HTMLTree.Attribute], of element: String) -> [HTMLTree.Attribute] {
        var kept: [HTMLTree.Attribute] = []
        func keep(_ name: String, _ value: String) {
            if !kept.contains(where: { $0.name == name }) {
                kept.append(HTMLTree.Attribute(name: name, value: value))
            }
        }
        for one in written.prefix(100) {
            switch one.name {
            case "style":
                let style = filter.declarations(one.value)
                if !style.isEmpty { keep("style", style) }
            case "class":
                let names = one.value.split { $0.isWhitespace }.prefix(50).compactMap {
                    MarkupWords.ownName(String($0))
                }
                if !names.isEmpty { keep("class", names.joined(separator: " ")) }
            case "id": if let name = MarkupWords.ownName(one.value) { keep("id", name) }
            case "name" where element == "a":
                if let name = MarkupWords.ownName(one.value) { keep("id", name) }
            case "role" where one.value == "presentation" || one.value == "none": keep("role", one.value)
            case "href" where element == "a":
                if one.value.hasPrefix("#") {
                    if let name = MarkupWords.ownName(String(one.value.dropFirst())) {
                        keep("href", "#" + name)
                    }
                } else if let address = MailAddresses.link(one.value) {
                    keep("href", address)
                    keep("rel", "noopener noreferrer nofollow")
                    keep("target", "_blank")
                }
            // What a link says of itself is where it leads.
            case "title" where element == "a": continue
            default:
                if let kind = MarkupWords.attributes[one.name], let value = Self.value(one.value, kind) {
                    keep(one.name, value)
                }
            }
        }
        if element == "a", let address = kept.first(where: { $0.name == "href" })?.value,
            address.hasPrefix("http")
        {
            keep("title", address)
        }
        return kept
    }

    private static func value(_ text: String, _ kind: MarkupWords.Value) -> String? {
        switch kind {
        case .text:
            let shown = text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
            return String(String.UnicodeScalarView(shown.prefix(1000)))
        case .word:
            let isWord = text.utf8.allSatisfy { isDigit($0) || isLetter($0) || $0 == 45 }
            return isWord && !text.isEmpty && text.utf8.count <= 40 ? text : nil
        case .color:
            let isColor = text.utf8.allSatisfy { isDigit($0) || isLetter($0) || $0 == 35 }
            return isColor && !text.isEmpty && text.utf8.count <= 40 ? text : nil
        case .length:
            var digits = text.utf8.drop { $0 == 32 }[...]
            let number = digits.prefix(while: isDigit)
            digits = digits.dropFirst(number.count)
            guard (1...5).contains(number.count) else { return nil }
            return String(Substring(number)) + (digits.first == 37 ? "%" : "")
        case .span:
            guard let count = Int(text), (1...200).contains(count) else { return nil }
            return "\(count)"
        case .flag: return ""
        }
    }

    private static func isDigit(_ octet: UInt8) -> Bool { (48...57).contains(octet) }
    private static func isLetter(_ octet: UInt8) -> Bool { (97...122).contains(octet | 0x20) }

    /// The mail's own pictures are shown; strangers' if they were asked for; what nobody could see, never.
    private mutating func picture(_ source: String?, _ attributes: [HTMLTree.Attribute], isInvisible: Bool) {
        guard let source else { return }
        var kept = attributes
        // Nobody has said what it shows: a screen reader need not read out where it lies.
        if !kept.contains(where: { $0.name == "alt" }) {
            kept.append(HTMLTree.Attribute(name: "alt", value: ""))
        }
        let own = MailAddresses.contentID(source).map { pictures($0) } ?? MailAddresses.dataPicture(source)
        if let own {
            kept.append(HTMLTree.Attribute(name: "src", value: own))
        } else {
            if let remote = MailAddresses.remotePicture(source) {
                guard !isInvisible else {
                    trackers += 1
                    return
                }
                remotePictures += 1
                if showsRemotePictures {
                    kept.append(HTMLTree.Attribute(name: "src", value: remote))
                    kept.append(HTMLTree.Attribute(name: "loading", value: "lazy"))
                    kept.append(HTMLTree.Attribute(name: "referrerpolicy", value: "no-referrer"))
                    pieces.append(.start("img", kept))
                    return
                }
            }
            // Where there is no picture there are its words, and no sign of something broken.
            let words = kept.first { $0.name == "alt" }?.value ?? ""
            if !words.isEmpty { pieces += [.start("span", []), .text(words), .end("span")] }
            return
        }
        pieces.append(.start("img", kept))
    }

    private static let unseen: Set<String> = ["0", "0px", "1", "1px", "2", "2px"]

    /// Whether it has no size to speak of, or is hidden.
    private static func isInvisible(_ attributes: [HTMLTree.Attribute]) -> Bool {
        isHidden(attributes)
            || attributes.contains { one in
                switch one.name {
                case "width", "height": unseen.contains(one.value)
                case "style":
                    declarations(one.value).contains {
                        ["width", "height", "max-width", "max-height"].contains($0.name)
                            && unseen.contains($0.value)
                    }
                default: false
                }
            }
    }

    private static func isHidden(_ attributes: [HTMLTree.Attribute]) -> Bool {
        guard let style = attributes.first(where: { $0.name == "style" })?.value else { return false }
        return declarations(style).contains { one in
            switch one.name {
            case "display": one.value == "none"
            case "visibility": one.value == "hidden"
            case "opacity": Double(one.value) == 0
            default: false
            }
        }
    }

    /// Of a style that was filtered: no word of it holds a semicolon but in quotes.
    private static func declarations(_ style: String) -> [(name: Substring, value: String)] {
        style.split(separator: ";").compactMap { declaration in
            let sides = declaration.split(separator: ":", maxSplits: 1)
            return sides.count == 2
                ? (sides[0], sides[1].prefix { $0 != "!" && $0 != " " }.lowercased()) : nil
        }
    }
}
