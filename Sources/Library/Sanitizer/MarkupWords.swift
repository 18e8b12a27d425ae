/// The words of HTML that a mail may use.
enum MarkupWords {
    /// The class of the box that a mail's words stay in; no name of a mail's own begins so.
    static let box = "mailbody"

    /// Elements that are kept. Whatever is in none of these sets is left out, and what it holds is kept.
    static let elements = words(
        """
        a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup
        dd del dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li
        main mark menu nav ol p pre q rp rt ruby s samp section small span strike strong sub sup table tbody td
        tfoot th thead time tr tt u ul var wbr
        """)

    /// Elements without an end tag. HTML Standard section 13.1.2.
    static let void = words("br col hr img wbr")

    /// Elements that are left out with all they hold.
    static let silent = words(
        """
        applet area audio base basefont bgsound button canvas command datalist embed fencedframe frame frameset
        iframe input isindex keygen link map meta meter noembed noframes noscript object optgroup option output
        param portal progress script select slot source svg math template textarea title track video
        """)

    /// Elements that become a box of text.
    static let boxes = words("body form fieldset dialog details summary legend hgroup search")

    /// Elements that show their text as it stands.
    static let verbatim = words("xmp listing plaintext")

    /// What an attribute may hold.
    enum Value {
        /// Anything.
        case text
        /// Letters, digits and `-`.
        case word
        /// A colour's name or number.
        case color
        /// Digits, perhaps with `%` or `px`.
        case length
        /// A number of cells.
        case span
        /// Nothing but its being there.
        case flag
    }

    static let attributes: [String: Value] = [
        "dir": .word, "lang": .word, "title": .text, "align": .word, "valign": .word, "width": .length,
        "height": .length, "border": .length, "cellpadding": .length, "cellspacing": .length,
        "bgcolor": .color, "color": .color, "size": .length, "face": .text, "colspan": .span,
        "rowspan": .span, "span": .span, "nowrap": .flag, "alt": .text, "hspace": .length, "vspace": .length,
        "start": .length, "type": .word, "value": .length, "datetime": .text, "compact": .flag,
        "noshade": .flag, "clear": .word, "scope": .word, "abbr": .text, "reversed": .flag,
    ]

    /// A name of a mail's own, so that it is none of ours: nothing here can be taken for it, or hide it.
    static func ownName(_ name: String) -> String? {
        let isPlain = name.utf8.allSatisfy { octet in
            (48...57).contains(octet) || (65...90).contains(octet) || (97...122).contains(octet)
                || octet == 45 || octet == 95
        }
        return isPlain && !name.isEmpty && name.utf8.count <= 64 ? "m-" + name : nil
    }

    static func words(_ text: String) -> Set<String> {
        Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
    }
}
