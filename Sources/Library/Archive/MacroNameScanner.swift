/// Tells an OOXML document that surely holds no VBA project, as it passes by.
///
/// The names of a zip's members stand uncompressed before each and again in
/// its directory (APPNOTE 4.3.7, 4.3.12), and Office calls the project
/// `vbaProject.bin`. Where nothing is called so no child need look; what may
/// be one is for ``Containers/zipFacts(descriptor:seconds:)`` to say.
package struct MacroNameScanner: Sendable {
    private var names = [OctetPattern("roject.bin"), OctetPattern("ROJECT.BIN")]

    package init() {}

    package mutating func feed(_ octets: Span<UInt8>) {
        for index in names.indices { names[index].feed(octets) }
    }

    package var maybeMacros: Bool { names.contains(where: \.isFound) }
}
