internal import Glibc

/// A photo to be made small enough to look at, by `gm` of GraphicsMagick.
///
/// Its kind is said, not guessed: `gm` knows two hundred kinds, and a file
/// reaches the decoder of the one that its first octets name. Only the first
/// picture of a file that has several is read.
package struct ReducedPicture: Hashable, Sendable {
    /// What has a decoder here, by the name that `gm` has for it.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case jpeg, png, gif, webp, tiff, heic, bmp

        /// By its first octets; nil for what is shown to nobody.
        package init?(head: [UInt8]) {
            let text = String(decoding: head.prefix(16), as: UTF8.self)
            if head.starts(with: [0xFF, 0xD8, 0xFF]) {
                self = .jpeg
            } else if head.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
                self = .png
            } else if text.hasPrefix("GIF8") {
                self = .gif
            } else if head.starts(with: Array("RIFF".utf8)),
                head.dropFirst(8).starts(with: Array("WEBP".utf8))
            {
                self = .webp
            } else if head.starts(with: [0x49, 0x49, 0x2A, 0]) || head.starts(with: [0x4D, 0x4D, 0, 0x2A]) {
                self = .tiff
            } else if text.hasPrefix("BM") {
                self = .bmp
            } else if Self.isHEIC(head) {
                self = .heic
            } else {
                return nil
            }
        }

        /// ISO/IEC 23008-12 section 10: brands of pictures coded by HEVC.
        private static func isHEIC(_ head: [UInt8]) -> Bool {
            guard head.dropFirst(4).starts(with: Array("ftyp".utf8)) else { return false }
            let brand = String(decoding: head.dropFirst(8).prefix(4), as: UTF8.self)
            return ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"].contains(brand)
        }
    }

    package let kind: Kind
    /// In pixels, of the square that it fits into.
    package let side: Int

    static let program = "/usr/bin/gm"
    /// A picture of noise at full size has 6 MB.
    static let mostOctets = 12 << 20
    private static let sides = 16...2400

    package init?(_ kind: Kind, side: Int) {
        guard Self.sides.contains(side) else { return nil }
        self.kind = kind
        self.side = side
    }

    init?(arguments: some Collection<String>) {
        let words = Array(arguments)
        guard words.count == 2, let kind = Kind(rawValue: words[0]), let side = Int(words[1]) else {
            return nil
        }
        self.init(kind, side: side)
    }

    /// As the child's command line has them.
    var arguments: [String] { [kind.rawValue, "\(side)"] }

    /// Replaces this process; returns only when there is no such program.
    ///
    /// A picture is decoded whole before it is made small, but for JPEG, which
    /// is told the size: so its pixels are limited, and with them the memory.
    func becomeProgram() -> Int32 {
        let size = "\(side)x\(side)"
        return SystemProgram.become(
            Self.program,
            [
                "gm", "convert", "-limit", "threads", "1", "-limit", "pixels", "100MP", "-limit", "width",
                "30000", "-limit", "height", "30000", "-limit", "disk", "0", "-limit", "map", "0",
                "-size", size, "\(kind.rawValue):\(SystemProgram.input)[0]", "-auto-orient",
                "-background", "white", "-flatten", "-thumbnail", "\(size)>", "-strip", "-quality", "82",
                "jpeg:-",
            ])
    }
}
