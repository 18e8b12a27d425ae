internal import CICU
package import Mail

/// A time zone of the IANA database, by its name: `Europe/Berlin`.
package struct TimeZone: Hashable, Sendable, CustomStringConvertible {
    package let name: String

    /// Nil for a name the database doesn't have.
    package init?(_ name: String) {
        guard name.utf8.count <= 64, name.utf8.allSatisfy({ $0 > 32 && $0 < 127 }), Self.isKnown(name) else {
            return nil
        }
        self.name = name
    }

    private init(known name: String) { self.name = name }

    package static let utc = TimeZone(known: "UTC")

    package var description: String { name }

    /// What the clock on the wall shows there at a moment.
    package func civil(_ moment: Timestamp) -> CivilTime {
        let calendar = Calendar(zone: name)
        return calendar.civil(moment)
    }

    /// RFC 3339 with the zone's offset, whole seconds: `2026-11-21T09:00:00+01:00`.
    package func rfc3339(_ moment: Timestamp) -> String { civil(moment).rfc3339 }

    private static func isKnown(_ name: String) -> Bool {
        let source = Array(name.utf16)
        var known: UBool = 0
        let canonical = unsafe utf16(room: 128) { target, capacity, status in
            unsafe mr_ucal_getCanonicalTimeZoneID(
                source, Int32(source.count), target, capacity, &known, status)
        }
        return canonical != nil && known != 0 && name != "Etc/Unknown"
    }

    /// The one owner of a `UCalendar *`.
    @safe private struct Calendar: ~Copyable {
        private let calendar: UnsafeMutablePointer<UnsafeMutableRawPointer?>

        init(zone: String) {
            let source = Array(zone.utf16)
            var status = U_ZERO_ERROR
            let opened = unsafe mr_ucal_open(source, Int32(source.count), &status)
            guard let opened = unsafe opened, status.rawValue <= 0 else {
                preconditionFailure("libicu has no calendar data")
            }
            unsafe calendar = opened
        }

        deinit { unsafe mr_ucal_close(calendar) }

        func civil(_ moment: Timestamp) -> CivilTime {
            var status = U_ZERO_ERROR
            unsafe mr_ucal_setMillis(calendar, Double(moment.seconds) * 1000, &status)
            func field(_ field: UCalendarDateFields) -> Int {
                Int(unsafe mr_ucal_get(calendar, field, &status))
            }
            return CivilTime(
                year: field(UCAL_EXTENDED_YEAR), month: field(UCAL_MONTH) + 1, day: field(UCAL_DATE),
                hour: field(UCAL_HOUR_OF_DAY), minute: field(UCAL_MINUTE), second: field(UCAL_SECOND),
                weekday: (field(UCAL_DAY_OF_WEEK) + 5) % 7 + 1,
                offset: (field(UCAL_ZONE_OFFSET) + field(UCAL_DST_OFFSET)) / 1000)
        }
    }
}
