/// The three digits with which an SMTP server answers. RFC 5321 section 4.2.1.
package struct ReplyCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt16

    /// Nil for what is no reply: the first digit is 2 to 5.
    package init?(rawValue: UInt16) {
        guard (200...599).contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    package init?(_ number: some BinaryInteger) {
        guard let value = UInt16(exactly: number) else { return nil }
        self.init(rawValue: value)
    }

    /// 2yz: the server has taken it.
    package var isPositive: Bool { rawValue / 100 == 2 }
    /// 4yz: not now; the same again may succeed.
    package var isTransient: Bool { rawValue / 100 == 4 }
    /// 5yz: not so, ever.
    package var isPermanent: Bool { rawValue / 100 == 5 }

    package var description: String { String(rawValue) }
}
