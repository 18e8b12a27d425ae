/// A baseline JPEG whose blocks of 8 by 8 pixels are each of one grey: a mosaic. ITU-T T.81.
///
/// Only the mean of a block is coded, so the Huffman tables are our own and
/// tiny: four bits for each size of a difference, one bit for "no more in this block".
struct FlatJPEG {
    let columns: Int
    let rows: Int
    /// 0 black … 255 white, row by row.
    let levels: [Int]

    func octets(noise: [UInt8] = []) -> [UInt8] {
        var octets: [UInt8] = [0xff, 0xd8]
        octets += segment(0xe0, [UInt8](ascii: "JFIF") + [0, 1, 1, 0, 0, 1, 0, 1, 0, 0])
        for start in stride(from: 0, to: noise.count, by: 60_000) {
            octets += segment(0xfe, Array(noise[start..<min(start + 60_000, noise.count)]))
        }
        octets += segment(0xdb, [0] + [UInt8](repeating: 8, count: 64))
        var frame: [UInt8] = [8]
        frame.append(big: UInt16(rows * 8))
        frame.append(big: UInt16(columns * 8))
        octets += segment(0xc0, frame + [1, 1, 0x11, 0])
        let twelveOfFourBits: [UInt8] = [0, 0, 0, 12] + [UInt8](repeating: 0, count: 12)
        octets += segment(0xc4, [0x00] + twelveOfFourBits + (0...11).map { UInt8($0) })
        let oneOfOneBit: [UInt8] = [1] + [UInt8](repeating: 0, count: 15)
        octets += segment(0xc4, [0x10] + oneOfOneBit + [0])
        octets += segment(0xda, [1, 1, 0x00, 0, 63, 0])
        return octets + scan + [0xff, 0xd9]
    }

    private func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        var octets: [UInt8] = [0xff, marker]
        octets.append(big: UInt16(content.count + 2))
        return octets + content
    }

    /// Each difference of two means: its size in four bits, its value, and a zero for the end of the block.
    private var scan: [UInt8] {
        var octets: [UInt8] = []
        var pending: UInt32 = 0
        var count = 0
        func put(_ value: Int, bits: Int) {
            for bit in stride(from: bits - 1, through: 0, by: -1) {
                pending = pending << 1 | UInt32(value >> bit & 1)
                count += 1
                if count == 8 {
                    octets.append(UInt8(pending))
                    // Section F.1.2.3: a 0xff of the data is followed by a zero.
                    if pending == 0xff { octets.append(0) }
                    pending = 0
                    count = 0
                }
            }
        }
        var last = 0
        for level in levels {
            // A flat block's only coefficient is eight times its level; the quantizer takes the eight away.
            let difference = level - 128 - last
            last = level - 128
            let size = Int.bitWidth - abs(difference).leadingZeroBitCount
            put(size, bits: 4)
            put(difference < 0 ? difference + (1 << size) - 1 : difference, bits: size)
            put(0, bits: 1)
        }
        if count > 0 { put(0x7f, bits: 8 - count) }
        return octets
    }
}
