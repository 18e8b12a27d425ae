import Mail

/// One run of octets that is a message: the one that was fed, or one that had to be decoded out of it.
///
/// It reads line by line but works on long stretches: between two lines that
/// begin with `--` nothing can end a part, so all of it goes to the part's
/// decoder at once. Whatever cannot be judged yet (half a boundary, half a
/// header name, a CR) is not consumed, and offered again with more behind it.
/// The rule for where things are: a line end before a delimiter belongs to
/// the delimiter, so each is held back until the next line is known.
/// RFC 2046 section 5.1.1.
struct Layer {
    /// A multipart or message that encloses what is being read.
    struct Enclosure {
        let part: Int
        let isMultipart: Bool
        /// RFC 2046 section 5.1.5: what has no Content-Type within is a message.
        let isDigest: Bool
        /// What the children's sections begin with.
        let section: Section
        var children = 0
        /// Its boundary has been seen.
        var wasDelimited = false
    }

    enum State {
        /// Reading a header field by field.
        case header
        /// Reading the octets of ``leaf``.
        case leaf
        /// Before the first delimiter, after the last, or past a limit: nobody's octets.
        case between
    }

    /// The message itself, whose octets are the original.
    let isOutermost: Bool
    var state = State.header
    var stack: [Enclosure] = []
    var boundaries = OpenBoundaries()
    var leaf: OpenLeaf?

    /// Before the first delimiter of the innermost multipart.
    var preamble: Preamble?

    var header = HeaderReader()
    /// What the header being read is of: a message, or a body part.
    var isMessageHeader = true

    /// Not consumed yet: what can be judged only with more behind it.
    private var carry: [UInt8] = []
    var isAtLineStart = true
    /// The line end before the current line may be a delimiter's: octets of it not given to the leaf yet.
    var heldByLeaf = 0

    /// Messages open in this layer, outermost first, each taking all octets from its beginning to its end.
    var containers: [Int] = []
    /// From where in the window the containers still have to get octets, and the line end they lack.
    var containerMark = 0
    var heldByContainers = 0

    /// What decoding brought for the layer within.
    var output = OctetBuffer()
    /// How much of `output` the receiver has had already.
    var passedOn = 0
    /// The part whose octets are a layer of their own, when that must be begun.
    var begins: Int?
    var hasInner = false
    /// The layer within must come to its end before this one goes on.
    var awaitsInner = false
    var isFinished = false

    /// From the layer outside, and how much of it has been read.
    private var input = OctetBuffer()
    private var inputPosition = 0

    init(outermost: Bool, section: Section = .message, part: Int? = nil) {
        isOutermost = outermost
        if let part {
            stack.append(Enclosure(part: part, isMultipart: false, isDigest: false, section: section))
        }
    }

    /// How many of `stack` were put there by the layer outside.
    var floor: Int { isOutermost ? 0 : 1 }

    var isPaused: Bool { awaitsInner || begins != nil || (hasInner && !output.isEmpty) }
    var hasInput: Bool { inputPosition < input.count }
    var hasCarry: Bool { !carry.isEmpty }

    mutating func give(_ buffer: inout OctetBuffer) {
        precondition(!hasInput, "a layer is given more only when it has read what it had")
        swap(&input, &buffer)
        buffer.removeAll()
        inputPosition = 0
    }

    mutating func takeInput(_ core: inout ParserCore, into receiver: inout some MessageReceiver) throws {
        var held = OctetBuffer()
        swap(&held, &input)
        let taken = try take(
            held.storage.span.extracting(inputPosition..<held.count), isLast: false, &core, into: &receiver)
        swap(&held, &input)
        inputPosition += taken
    }

    /// Takes octets from the front of `window`, and says how many: fewer than all only when it is paused.
    ///
    /// What is left of an earlier window goes first, with as much of this one
    /// behind it as it takes to judge it.
    mutating func take(
        _ window: Span<UInt8>, isLast: Bool, _ core: inout ParserCore,
        into receiver: inout some MessageReceiver
    ) throws -> Int {
        guard !carry.isEmpty else {
            let taken = try consume(window, isLast: isLast, &core, into: &receiver)
            if isPaused { return taken }
            carry.append(window, taken..<window.count)
            return window.count
        }
        let old = carry.count
        let added = min(window.count, max(256, old))
        carry.append(window, 0..<added)
        var joined: [UInt8] = []
        swap(&joined, &carry)
        let taken = try consume(joined.span, isLast: isLast && added == window.count, &core, into: &receiver)
        if taken >= old { return taken - old }
        joined.removeFirst(taken)
        carry = joined
        return added
    }

    private mutating func consume(
        _ window: Span<UInt8>, isLast: Bool, _ core: inout ParserCore,
        into receiver: inout some MessageReceiver
    ) throws -> Int {
        var position = 0
        containerMark = 0
        while position < window.count, !isPaused {
            let next: Int?
            switch state {
            case .header: next = try readHeader(window, position, isLast, &core, into: &receiver)
            case .leaf, .between: next = try readContent(window, position, isLast, &core, into: &receiver)
            }
            guard let next else { break }
            if next > position { isAtLineStart = window[next - 1] == 10 }
            position = next
        }
        precondition(
            !isLast || isPaused || position == window.count, "the last octets leave nothing to wait for")
        if isOutermost { try core.recorder.flush(window, into: &receiver) }
        try deliverToContainers(window, upTo: position, &core, into: &receiver)
        return position
    }

    /// Ends the layer; false when the layer within must end first.
    mutating func finish(_ core: inout ParserCore, into receiver: inout some MessageReceiver) throws -> Bool {
        precondition(carry.isEmpty && !hasInput, "a layer ends after its last octet")
        let nothing: [UInt8] = []
        while state == .header, !isPaused {
            try endHeader(nothing.span, 0, isEnded: false, &core, into: &receiver)
        }
        if isPaused { return false }
        try beginFromPreamble(&core, into: &receiver)
        if leaf != nil, heldByLeaf > 0 {
            let ending = heldByLeaf
            heldByLeaf = 0
            try decode(Self.lineEnd(ending).span, 0..<ending, &core, into: &receiver)
            if isPaused { return false }
        }
        guard try endLeaf(&core, into: &receiver) else { return false }
        if heldByContainers > 0 {
            let ending = Self.lineEnd(heldByContainers)
            heldByContainers = 0
            for part in containers { try core.deliver(ending.span, of: part, into: &receiver) }
        }
        containers.removeAll()
        while stack.count > floor { try endEnclosure(isClosed: false, &core, into: &receiver) }
        isFinished = true
        return true
    }

    /// The layer within has ended, so that its container can.
    mutating func innerEnded() {
        hasInner = false
        awaitsInner = false
    }

    static func lineEnd(_ count: Int) -> [UInt8] { count == 2 ? [13, 10] : [10] }
}
