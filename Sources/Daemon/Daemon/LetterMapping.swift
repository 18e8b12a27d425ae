package import Configuration
package import Mailroom

extension Configuration {
    /// The firm as its letters show it.
    package var firmDetails: FirmDetails {
        FirmDetails(
            name: firm.name, phone: firm.phone, imprint: firm.imprint, privacy: firm.privacy,
            accent: firm.accent)
    }
}
