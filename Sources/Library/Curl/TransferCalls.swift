internal import CCurl
internal import Glibc

/// What libcurl calls while a transfer runs, and what it finds there.
///
/// Held by its ``Transfer``; libcurl gets its address. All calls come on the
/// thread that drives the transfer.
@safe final class TransferCalls {
    /// Safe because the octets are those of the call that waits until they are taken.
    @safe enum Upload {
        case none
        /// Octets that libcurl has not taken yet.
        case octets(UnsafeRawBufferPointer)
        /// libcurl has asked for octets, and waits.
        case hungry
        case ended
    }

    let lines: TransferLines
    var upload = Upload.none
    var onHeader: ([UInt8]) -> Void = { _ in }
    /// False: no more is wanted.
    var onBody: ([UInt8]) -> Bool = { _ in true }
    var deadline = ContinuousClock.now
    var stop: TransferStop?
    private(set) var isLate = false
    /// The end of the transfer is known, and only its farewell still to come.
    private var isHurried = false

    init(lines: TransferLines) { self.lines = lines }

    func begin() {
        isLate = false
        isHurried = false
    }

    /// From here on no more than a second is waited.
    func hurry() {
        isHurried = true
        deadline = min(deadline, .now + .seconds(1))
    }

    /// Whether the transfer is to be ended now.
    var isOver: Bool {
        guard ContinuousClock.now < deadline else {
            isLate = !isHurried
            return true
        }
        return stop?.isStopped == true
    }

    /// Tells libcurl all of this.
    func install(in easy: UnsafeMutableRawPointer) {
        let me = unsafe Unmanaged.passUnretained(self).toOpaque()
        for option in [
            CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_READDATA, CURLOPT_XFERINFODATA,
            CURLOPT_OPENSOCKETDATA, CURLOPT_CLOSESOCKETDATA,
        ] {
            _ = unsafe mr_curl_set_pointer(easy, option, me)
        }
        _ = unsafe mr_curl_set_octets(
            easy, CURLOPT_HEADERFUNCTION,
            { octets, size, count, me in
                unsafe TransferCalls.at(me).onHeader(TransferCalls.copy(octets, size * count))
                return size * count
            })
        _ = unsafe mr_curl_set_octets(
            easy, CURLOPT_WRITEFUNCTION,
            { octets, size, count, me in
                unsafe TransferCalls.at(me).onBody(TransferCalls.copy(octets, size * count))
                    ? size * count : 0
            })
        _ = unsafe mr_curl_set_octets(
            easy, CURLOPT_READFUNCTION,
            { room, size, count, me in
                unsafe TransferCalls.at(me).give(
                    UnsafeMutableRawBufferPointer(start: room, count: size * count))
            })
        _ = unsafe mr_curl_set_progress(
            easy, { me, _, _, _, _ in unsafe TransferCalls.at(me).isOver ? 1 : 0 })
        _ = unsafe mr_curl_set_opening(
            easy,
            { me, _, address in
                guard let address = unsafe address else { return -1 }
                let (family, type) = unsafe (address.pointee.family, address.pointee.socktype)
                return unsafe TransferCalls.at(me).lines.open(
                    family: family, type: type, protocol: address.pointee.protocol)
            })
        _ = unsafe mr_curl_set_closing(
            easy, { me, socket in unsafe TransferCalls.at(me).lines.close(socket) })
        _ = unsafe mr_curl_set_number(easy, CURLOPT_NOPROGRESS, 0)
    }

    private func give(_ room: UnsafeMutableRawBufferPointer) -> Int {
        switch upload {
        case .octets(let octets) where unsafe !octets.isEmpty:
            let count = min(octets.count, room.count)
            unsafe room.copyMemory(from: UnsafeRawBufferPointer(rebasing: octets[..<count]))
            upload = unsafe .octets(UnsafeRawBufferPointer(rebasing: octets[count...]))
            return count
        case .octets, .none, .hungry:
            upload = .hungry
            return Int(CURL_READFUNC_PAUSE)
        case .ended: return 0
        }
    }

    private static func at(_ me: UnsafeMutableRawPointer?) -> TransferCalls {
        guard let me = unsafe me else { preconditionFailure("libcurl gives back the pointer it was given") }
        return unsafe Unmanaged<TransferCalls>.fromOpaque(me).takeUnretainedValue()
    }

    private static func copy(_ octets: UnsafeMutablePointer<CChar>?, _ count: Int) -> [UInt8] {
        unsafe Array(UnsafeRawBufferPointer(start: octets, count: count))
    }
}
