import Mail

/// Headers, and what they begin.
extension Layer {
    /// How far empty lines and the like are passed over before a message's first field.
    private static let searchedForHeader = 64 << 10

    /// Reads header lines from `position`; nil when more is needed to judge the line there.
    mutating func readHeader(
        _ window: Span<UInt8>, _ position: Int, _ isLast: Bool, _ core: inout ParserCore,
        into receiver: inout some MessageReceiver
    ) throws -> Int? {
        if !header.isInsideLine {
            let line = header.judge(window, position, isLast: isLast, boundaries)
            let isFirst = header.header.isEmpty
            switch line {
            case .unknown:
                return nil
            case .blank(let end):
                if isOutermost { try core.recorder.keep(window, position..<end, into: &receiver) }
                if isFirst, isMessageHeader, header.octetCount < Self.searchedForHeader {
                    core.report(.blankBeforeHeader, part: stack.last?.part)
                    header.append(window, position..<end, limit: 0)
                } else {
                    try endHeader(window, end, isEnded: true, &core, into: &receiver)
                }
                return end
            case .delimiter, .other:
                try endHeader(window, position, isEnded: false, &core, into: &receiver)
                return position
            case .continuation:
                if isFirst { core.report(.strayContinuation) }
                header.beginLine(line, at: position, limits: core.limits)
            case .mbox:
                core.report(.mboxLine)
                header.beginLine(line, at: position, limits: core.limits)
            case .field:
                header.beginLine(line, at: position, limits: core.limits)
            }
        }
        let newline = window.firstIndex(of: 10, from: position)
        var end = newline.map { $0 + 1 } ?? window.count
        if newline == nil, !isLast, window[end - 1] == 13 { end -= 1 }
        guard end > position else { return nil }
        header.isInsideLine = newline == nil
        let limit = min(core.limits.headerOctets, core.limits.allHeaderOctets - core.headerOctets)
        header.append(window, position..<end, limit: max(limit, 0))
        if isOutermost { try core.recorder.keep(window, position..<end, into: &receiver) }
        return end
    }

    /// Makes a part of the header that was read, whose octets begin at `position`.
    mutating func endHeader(
        _ window: Span<UInt8>, _ position: Int, isEnded: Bool, _ core: inout ParserCore,
        into receiver: inout some MessageReceiver
    ) throws {
        header.endField()
        let block = header.header
        core.headerOctets += block.octets.count
        let isRoot = isOutermost && isMessageHeader && stack.isEmpty
        if isRoot {
            core.header = block
            core.envelope = EnvelopeReader.read(block, limits: core.limits) { core.report($0) }
        } else if isMessageHeader, let message = stack.last?.part {
            core.records[message].envelope = EnvelopeReader.read(block, limits: core.limits) {
                core.report($0, part: message)
            }
        }
        guard core.records.count < core.limits.parts else {
            core.isFull = true
            core.report(.tooManyParts)
            state = .between
            return
        }
        let isCut = header.isCut
        try begin(
            ContentFields(block, isInDigest: !isMessageHeader && stack.last?.isDigest == true),
            window, position, isRoot: isRoot, &core, into: &receiver)
        let part = core.records.count - 1
        if isRoot, block.isEmpty { core.report(.noHeader) }
        if isCut { core.report(.headerTooLong, part: isRoot ? nil : part) }
        if !isEnded, !block.isEmpty { core.report(.headerNotEnded, part: isRoot ? nil : part) }
    }

    mutating func begin(
        _ fields: ContentFields, _ window: Span<UInt8>, _ position: Int, isRoot: Bool,
        _ core: inout ParserCore, into receiver: inout some MessageReceiver
    ) throws {
        var problems = fields.problems
        let kind = kind(of: fields, &problems, core)
        let part = core.records.count
        let outer = stack.last?.section ?? .message
        let section: Section
        if isMessageHeader {
            section = kind == .multipart ? outer : outer.part(1)
        } else {
            stack[stack.count - 1].children += 1
            section = outer.part(stack[stack.count - 1].children)
        }
        let head = fields.head(id: part, section: section, parent: stack.last?.part, kind: kind)
        core.records.append(.init(head: head))
        for problem in problems { core.report(problem, part: part) }
        try receiver.partBegan(head)
        heldByLeaf = 0
        if kind == .leaf {
            leaf = OpenLeaf(part: part, encoding: head.transferEncoding)
            state = .leaf
            return
        }
        core.depth += 1
        let enclosure = Enclosure(
            part: part, isMultipart: kind == .multipart, isDigest: head.mediaType.subtype == "digest",
            section: section)
        if kind == .multipart {
            let boundary = fields.boundary
            if !boundary.isEmpty { boundaries.open(boundary, level: stack.count) }
            preamble = Preamble(isGuessing: boundary.isEmpty)
            stack.append(enclosure)
            state = .between
        } else if isDecoded(head.transferEncoding) {
            leaf = OpenLeaf(part: part, encoding: head.transferEncoding)
            begins = part
            hasInner = true
            state = .leaf
        } else {
            try deliverToContainers(window, upTo: position, &core, into: &receiver)
            containerMark = position
            containers.append(part)
            stack.append(enclosure)
            state = .header
            isMessageHeader = true
            header = HeaderReader()
        }
    }

    private func isDecoded(_ encoding: TransferEncoding) -> Bool {
        switch encoding {
        case .base64, .quotedPrintable, .uuencode: true
        case .sevenBit, .eightBit, .binary, .other: false
        }
    }

    private func kind(
        of fields: ContentFields, _ problems: inout [Problem.Kind], _ core: ParserCore
    ) -> PartHead.Kind {
        var kind = fields.kind
        if kind == .multipart, isDecoded(fields.transferEncoding) { problems.append(.multipartEncoded) }
        if kind == .multipart, fields.boundary.isEmpty { problems.append(.boundaryMissing) }
        let isInnerLayer = kind == .message && isDecoded(fields.transferEncoding)
        if kind != .leaf,
            core.depth >= core.limits.depth || isInnerLayer && core.layers >= core.limits.encodedDepth
        {
            problems.append(.tooDeep)
            kind = .leaf
        }
        if case .other = fields.transferEncoding { problems.append(.unknownEncoding) }
        return kind
    }
}
