/// What came of having a picture made in a child.
package enum MadePicture: Hashable, Sendable {
    /// A PNG or a JPEG.
    case made([UInt8])
    /// The file is broken, encrypted, too large for the child, or has no such page: the same the next time.
    case none
    /// The child could not be started, or its program is missing.
    case unavailable
}

extension Containers {
    /// A page of a PDF as a PNG. Blocks.
    package func picture(of page: PDFPage, descriptor: Int32, seconds: Int = 15) -> MadePicture {
        let bounds = Bounds(seconds: seconds, outputOctets: PDFPage.mostOctets)
        return picture(.page, page.arguments, descriptor, bounds, begins: [0x89, 0x50, 0x4E, 0x47])
    }

    /// A photo as a small JPEG. Blocks.
    package func picture(of photo: ReducedPicture, descriptor: Int32, seconds: Int = 20) -> MadePicture {
        let bounds = Bounds(seconds: seconds, outputOctets: ReducedPicture.mostOctets)
        return picture(.picture, photo.arguments, descriptor, bounds, begins: [0xFF, 0xD8, 0xFF])
    }

    private func picture(
        _ tool: ContainerTool.Name, _ arguments: [String], _ descriptor: Int32, _ bounds: Bounds,
        begins head: [UInt8]
    ) -> MadePicture {
        var octets: [UInt8] = []
        let limits = UnwrapLimits(seconds: bounds.seconds)
        let end = run(tool, limits, descriptor, bounds, more: arguments) { answer in
            octets.reserveCapacity(octets.count + answer.count)
            for index in answer.indices { octets.append(answer[index]) }
            return true
        }
        switch end {
        case .ended: return octets.starts(with: head) ? .made(octets) : .none
        case .stopped, .died: return .none
        case .notStarted: return .unavailable
        }
    }
}
