internal import Mail

/// The parent's end of an unwrapping: reads what the child says, and believes none of it.
///
/// Every count is bounded again here; a frame out of order, too long or
/// malformed ends the child.
struct UnwrapReader {
    /// What the child's answer amounts to so far.
    private(set) var summary: (ending: UnwrapEnding, words: String)?
    /// Why we stopped to listen.
    private(set) var distrust: ArchiveError?
    private var count: UnwrapCount
    private var frames = FrameReader()
    private var isInMember = false

    var members: Int { count.members }
    var octets: Int { count.octets }

    init(limits: UnwrapLimits) { count = UnwrapCount(limits: limits) }

    /// Takes a piece of the answer. False: no more of it is wanted.
    mutating func read<Receiver: MemberReceiver>(
        _ answer: Span<UInt8>, into receiver: inout Receiver
    ) throws(Receiver.Failure) -> Bool {
        var position = 0
        while distrust == nil, let piece = frames.next(answer, &position) {
            switch piece {
            case .nonsense: distrust = Self.nonsense
            case .octets(let range):
                guard isInMember else {
                    distrust = Self.nonsense
                    break
                }
                do throws(ArchiveError) {
                    try count.add(range.count)
                } catch {
                    distrust = error
                    break
                }
                try receiver.memberOctets(answer.extracting(range))
            case .whole(let kind, let payload):
                try take(kind, FrameFields(payload), &receiver)
            }
        }
        return distrust == nil
    }

    private mutating func take<Receiver: MemberReceiver>(
        _ kind: Frame.Kind, _ fields: FrameFields, _ receiver: inout Receiver
    ) throws(Receiver.Failure) {
        var fields = fields
        switch kind {
        case .member:
            guard !isInMember, summary == nil, let member = Member(&fields), member.index == count.members + 1
            else { return distrust = Self.nonsense }
            do throws(ArchiveError) {
                try count.beginMember(declared: member.size)
            } catch {
                return distrust = error
            }
            isInMember = true
            try receiver.memberBegan(member)
        case .end:
            guard isInMember, fields.isAtEnd else { return distrust = Self.nonsense }
            isInMember = false
            try receiver.memberEnded()
        case .summary:
            guard summary == nil, let number = fields.number(UInt8.self),
                let ending = UnwrapEnding(rawValue: number), let words = fields.text(), fields.isAtEnd,
                ending != .complete || !isInMember
            else { return distrust = Self.nonsense }
            summary = (ending, String(decoding: words, as: UTF8.self))
        case .octets, .facts: distrust = Self.nonsense
        }
    }

    private static let nonsense = ArchiveError(.damaged, "the container's parser answered nonsense")
}

extension Member {
    /// From a `member` frame; nil when it is malformed.
    init?(_ fields: inout FrameFields) {
        guard let index = fields.number(UInt32.self),
            let role = fields.number(UInt8.self).flatMap({ Role(rawValue: $0) }),
            let size = fields.number(Int64.self), let modified = fields.number(Int64.self),
            let codepage = fields.number(UInt16.self), let name = fields.text(),
            let mediaType = fields.text(), let contentID = fields.text(), fields.isAtEnd
        else { return nil }
        // Beyond the year 9999 it is no time of a file.
        let isTime = (-62_135_596_800..<253_402_300_800).contains(modified)
        let id = String(decoding: contentID, as: UTF8.self)
        self.init(
            index: Int(index), role: role,
            path: name.isEmpty ? nil : MemberName.decode(name, codepage: codepage),
            mediaType: MediaType(String(decoding: mediaType, as: UTF8.self)),
            contentID: id.isEmpty ? nil : id, size: size < 0 ? nil : Int(size),
            modified: isTime ? Timestamp(seconds: modified) : nil)
    }
}
