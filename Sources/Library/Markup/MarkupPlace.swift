/// Where in markup one stands, as a browser's tokenizer would see it.
///
/// It reads our own literals alone, which are few and regular: what it does
/// not know is a trap, not a guess.
struct MarkupPlace: CustomStringConvertible {
    private enum State {
        case text
        case tagOpen
        case tagName
        case betweenAttributes
        case attributeName
        /// An attribute was put in: what follows is no more of it.
        case afterAttribute
        case beforeValue
        case value(quote: UInt8, isEmpty: Bool)
        case unquoted
        case comment
        /// Until the end tag: no escaping is known there.
        case raw
    }

    private var state = State.text
    private var tag: [UInt8] = []
    private var attribute: [UInt8] = []
    /// The last octets, where an end is looked for.
    private var tail: [UInt8] = []

    private static let addresses: Set<String> = [
        "href", "src", "action", "formaction", "poster", "data", "cite", "background", "manifest", "ping",
    ]
    /// What is a program, or addresses that one rule does not fit.
    private static let programs: Set<String> = ["style", "srcdoc", "srcset", "http-equiv", "content"]

    var isText: Bool { if case .text = state { true } else { false } }
    /// Whether an attribute may be put in: also right behind a bare one, which ends with that.
    var isBetweenAttributes: Bool {
        switch state {
        case .tagName, .betweenAttributes, .attributeName, .afterAttribute: true
        case .text, .tagOpen, .beforeValue, .value, .unquoted, .comment, .raw: false
        }
    }

    private var attributeName: String { String(decoding: attribute, as: UTF8.self) }

    /// Whether escaped text is text here.
    var takesText: Bool {
        switch state {
        case .text: true
        case .value: Self.isPlain(attribute: attributeName) || Self.addresses.contains(attributeName)
        case .tagOpen, .tagName, .betweenAttributes, .attributeName, .afterAttribute, .beforeValue, .unquoted,
            .comment, .raw:
            false
        }
    }

    var isInValue: Bool { if case .value = state { true } else { false } }

    /// Whether what is written by us, and could be no tag, may stand here.
    var takesStyle: Bool {
        switch state {
        case .value: !attributeName.hasPrefix("on") && !Self.addresses.contains(attributeName)
        case .raw: tag.elementsEqual("style".utf8)
        // What Outlook reads, and nobody else.
        case .comment: true
        case .text, .tagOpen, .tagName, .betweenAttributes, .attributeName, .afterAttribute, .beforeValue,
            .unquoted:
            false
        }
    }

    /// Whether what stands here decides where a link leads: the beginning of its address.
    var isAddress: Bool {
        guard case .value(quote: _, isEmpty: true) = state else { return false }
        return Self.addresses.contains(attributeName)
    }

    static func isPlain(attribute name: String) -> Bool {
        !name.hasPrefix("on") && !addresses.contains(name) && !programs.contains(name)
    }

    /// Of our own site, or of a scheme that only shows something.
    static func isHarmless(_ address: String) -> Bool {
        if address.hasPrefix("/") { return !address.hasPrefix("//") && !address.hasPrefix("/\\") }
        let lower = address.prefix(8).lowercased()
        return address.hasPrefix("#") || address.hasPrefix("?")
            || ["https://", "http://", "mailto:", "tel:", "cid:"].contains { lower.hasPrefix($0) }
    }

    mutating func passValue() {
        if case .value(let quote, isEmpty: true) = state { state = .value(quote: quote, isEmpty: false) }
    }

    /// An attribute that may be missing stood here, or was missing.
    mutating func passAttribute() { state = .afterAttribute }

    mutating func pass(_ literal: StaticString) {
        for octet in literal.description.utf8 { pass(octet) }
    }

    private mutating func pass(_ octet: UInt8) {
        let isBlank = octet == 0x20 || (0x09...0x0D).contains(octet)
        switch state {
        case .text:
            if octet == UInt8(ascii: "<") { (state, tag) = (.tagOpen, []) }
        case .tagOpen:
            if octet == UInt8(ascii: "!") {
                (state, tail) = (.comment, [])
            } else if isBlank || octet == UInt8(ascii: "<") {
                preconditionFailure("a < that is no tag is written &lt;")
            } else {
                tag = [octet | 0x20]
                state = .tagName
            }
        case .tagName:
            if octet == UInt8(ascii: ">") {
                endTag()
            } else if isBlank || octet == UInt8(ascii: "/") {
                state = .betweenAttributes
            } else {
                tag.append(octet | 0x20)
            }
        case .betweenAttributes:
            if octet == UInt8(ascii: ">") {
                endTag()
            } else if !isBlank, octet != UInt8(ascii: "/") {
                (state, attribute) = (.attributeName, [lower(octet)])
            }
        case .attributeName:
            if octet == UInt8(ascii: "=") {
                state = .beforeValue
            } else if octet == UInt8(ascii: ">") {
                endTag()
            } else if isBlank || octet == UInt8(ascii: "/") {
                state = .betweenAttributes
            } else {
                attribute.append(lower(octet))
            }
        case .afterAttribute:
            if octet == UInt8(ascii: ">") {
                endTag()
            } else if isBlank || octet == UInt8(ascii: "/") {
                state = .betweenAttributes
            } else {
                preconditionFailure("after an attribute that was put in comes a blank or the end of the tag")
            }
        case .beforeValue:
            if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "'") {
                state = .value(quote: octet, isEmpty: true)
            } else if !isBlank {
                state = .unquoted
            }
        case .value(let quote, _):
            state = octet == quote ? .betweenAttributes : .value(quote: quote, isEmpty: false)
        case .unquoted:
            if octet == UInt8(ascii: ">") { endTag() } else if isBlank { state = .betweenAttributes }
        case .comment:
            tail.append(octet)
            let isDeclaration = !tail.starts(with: "--".utf8.prefix(tail.count))
            let isEnd =
                octet == UInt8(ascii: ">") && (isDeclaration || tail.count > 4 && tail.suffix(3) == Self.end)
            if isEnd { state = .text }
        case .raw:
            tail.append(lower(octet))
            if octet == UInt8(ascii: ">"),
                tail.suffix(tag.count + 3).elementsEqual("</".utf8 + tag + ">".utf8)
            {
                state = .text
            }
        }
    }

    private static let end = Array("-->".utf8)[...]

    private mutating func endTag() {
        let raw = ["script", "style", "iframe", "noscript", "noembed", "noframes", "xmp", "plaintext"]
        tail = []
        state = raw.contains(String(decoding: tag, as: UTF8.self)) ? .raw : .text
    }

    private func lower(_ octet: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(octet) ? octet | 0x20 : octet
    }

    var description: String {
        switch state {
        case .text: "text"
        case .tagOpen, .tagName: "the name of a tag"
        case .betweenAttributes: "a tag"
        case .attributeName: "the name of an attribute"
        case .afterAttribute: "the end of an attribute"
        case .beforeValue, .unquoted: "a value without quotes"
        case .value: "the attribute \(attributeName)"
        case .comment: "a comment"
        case .raw: "a \(String(decoding: tag, as: UTF8.self))"
        }
    }
}
