/// A link that was good when its page was shown is so no longer: nothing that came by it is taken.
package struct LinkClosed: Error, Hashable {
    package init() {}
}
