import Mail

/// The Content-… fields of a header, read. RFC 2045 section 3, RFC 2183.
struct ContentFields {
    private(set) var mediaType: MediaType
    private(set) var parameters = Parameters()
    private(set) var transferEncoding = TransferEncoding.sevenBit
    private(set) var problems: [Problem.Kind] = []
    private var disposition: Disposition?
    private var dispositionParameters = Parameters()
    private var contentID: String?
    private var location: String?
    private var description: String?

    /// The first field of each name counts: a second is an afterthought, or meant to be read in two ways.
    init(_ header: MessageHeader, isInDigest: Bool) {
        mediaType = isInDigest ? .message : .plainText
        var seen: Set<String> = []
        for entry in header.entries where entry.name.count >= 10 {
            guard header.octets[entry.name.lowerBound].lowercasedASCII == UInt8(ascii: "c"),
                header.octets[entry.name.lowerBound + 7] == UInt8(ascii: "-")
            else { continue }
            let name = String(decoding: header.octets[entry.name].map(\.lowercasedASCII), as: UTF8.self)
            let value = header.octets[entry.value]
            guard !seen.contains(name) else { continue }
            seen.insert(name)
            switch name {
            case "content-type": readType(value)
            case "content-transfer-encoding":
                transferEncoding = TransferEncoding(Parameters.head(of: value).text)
            case "content-disposition":
                let (token, rest) = Parameters.head(of: value)
                if !token.isEmpty { disposition = Disposition(token) }
                dispositionParameters = Parameters(rest)
            case "content-id": contentID = MessageID(EncodedWords.unfolded(value))?.rawValue
            case "content-location":
                let text = EncodedWords.unfolded(value).filter { !$0.isWhitespace }
                if !text.isEmpty { location = text }
            case "content-description":
                let text = EncodedWords.decode(value)
                if !text.isEmpty { description = text }
            default: break
            }
        }
    }

    private mutating func readType(_ value: ArraySlice<UInt8>) {
        let (token, rest) = Parameters.head(of: value)
        parameters = Parameters(rest)
        if let type = MediaType(token) {
            mediaType = type
        } else if !token.isEmpty {
            problems.append(.badMediaType)
            mediaType = token.lowercased() == "text" ? .plainText : .octets
        }
    }

    var kind: PartHead.Kind {
        if mediaType.isMultipart { return .multipart }
        return mediaType == .message || mediaType == MediaType("message", "global") ? .message : .leaf
    }

    /// As octets: it is compared with octets. Empty where there is none, or none that could be found again.
    var boundary: [UInt8] {
        guard var boundary = parameters.octets("boundary") else { return [] }
        while let last = boundary.last, last.isFoldingSpace { boundary.removeLast() }
        return boundary.count <= OpenBoundaries.longest ? boundary : []
    }

    func head(id: Int, section: Section, parent: Int?, kind: PartHead.Kind) -> PartHead {
        PartHead(
            id: id, section: section, parent: parent, kind: kind, mediaType: mediaType,
            parameters: parameters,
            disposition: disposition, name: name, contentID: contentID, contentLocation: location,
            contentDescription: description, transferEncoding: transferEncoding)
    }

    /// What the sender calls the part: Content-Disposition's `filename`, else Content-Type's older `name`.
    private var name: String? {
        for (parameters, key) in [(dispositionParameters, "filename"), (parameters, "name")] {
            if let name = parameters[key], !name.isEmpty { return name }
        }
        return nil
    }
}
