internal import CGumbo

/// The tree of an HTML5 document: its nodes in the order of the document.
///
/// libgumbo builds it as browsers do, HTML Standard section 13.2; it is copied
/// out, so that what decides about it holds no pointer, and walks without
/// calling itself however deep it is. Comments, and all that is not HTML
/// (`svg`, `math` with everything in them, templates), are not in it.
struct HTMLTree: Sendable {
    struct Attribute: Hashable, Sendable {
        let name: String
        let value: String
    }

    enum Node: Hashable, Sendable {
        /// - Parameter end: the place behind its last descendant.
        case element(name: String, attributes: [Attribute], end: Int)
        case text(String)
    }

    private(set) var nodes: [Node] = []

    /// Nil where building it takes more memory or time than a mail may.
    ///
    /// Half a second of processor time reads five megabytes of ordinary pages; 20,000 levels of one
    /// element take longer, for each looks through all above it.
    init?(parsing html: String, memory: Int = 96 << 20, milliseconds: Int = 500) {
        var html = html
        var built: HTMLTree?
        html.withUTF8 { octets in
            built = unsafe HTMLTree(octets, memory: memory, milliseconds: milliseconds)
        }
        guard let built else { return nil }
        self = built
    }

    private init?(_ octets: UnsafeBufferPointer<UInt8>, memory: Int, milliseconds: Int) {
        var end = MR_TREE_WHOLE
        let start = unsafe UnsafeRawPointer(octets.baseAddress)?.assumingMemoryBound(to: CChar.self)
        guard let start = unsafe start else { return }
        guard let tree = unsafe mr_tree_parse(start, octets.count, memory, milliseconds, &end) else {
            return nil
        }
        unsafe copy(mr_tree_root(tree))
        unsafe mr_tree_free(tree)
    }

    /// A node whose children are being copied.
    @safe private struct Open {
        let children: UnsafePointer<GumboVector>
        var next: UInt32 = 0
        /// Its own place; nil for the document.
        let place: Int?
    }

    private mutating func copy(_ document: UnsafePointer<GumboNode>) {
        var open = unsafe [Open(children: mr_document_children(document), place: nil)]
        while var innermost = open.popLast() {
            guard unsafe innermost.next < innermost.children.pointee.length else {
                if let place = innermost.place, case .element(let name, let attributes, _) = nodes[place] {
                    nodes[place] = .element(name: name, attributes: attributes, end: nodes.count)
                }
                continue
            }
            let child = unsafe innermost.children.pointee.data[Int(innermost.next)]
            innermost.next += 1
            open.append(innermost)
            guard let node = unsafe child?.assumingMemoryBound(to: GumboNode.self) else { continue }
            switch unsafe node.pointee.type {
            case GUMBO_NODE_ELEMENT:
                let element = unsafe mr_node_element(node)
                guard unsafe element.pointee.tag_namespace == GUMBO_NAMESPACE_HTML else { continue }
                unsafe open.append(
                    Open(children: mr_element_children(element), place: nodes.count))
                unsafe nodes.append(
                    .element(
                        name: String(cString: gumbo_normalized_tagname(element.pointee.tag)),
                        attributes: Self.attributes(of: element), end: 0))
            case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE:
                unsafe nodes.append(.text(String(cString: mr_node_text(node))))
            // Comments, templates, and CDATA, which HTML does not have.
            default: continue
            }
        }
    }

    private static func attributes(of element: UnsafePointer<GumboElement>) -> [Attribute] {
        let vector = unsafe element.pointee.attributes
        return unsafe (0..<Int(vector.length)).compactMap { index in
            guard let one = unsafe vector.data[index]?.assumingMemoryBound(to: GumboAttribute.self) else {
                return nil
            }
            return unsafe Attribute(
                name: String(cString: one.pointee.name), value: String(cString: one.pointee.value))
        }
    }
}
