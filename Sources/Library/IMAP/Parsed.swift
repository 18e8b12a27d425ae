internal import CEtPan
internal import Mail

/// Copies of what libetpan has read: nothing here keeps a pointer.
enum Parsed {
    /// Calls `body` with each element of a list, which may be null.
    static func forEach<Element>(
        _ list: UnsafeMutablePointer<clist>?, as type: Element.Type, _ body: (Element) -> Void
    ) {
        var cell = unsafe list?.pointee.first
        while let current = unsafe cell {
            if let data = unsafe current.pointee.data {
                unsafe body(data.assumingMemoryBound(to: Element.self).pointee)
            }
            unsafe cell = current.pointee.next
        }
    }

    /// Calls `body` with the data of each extension of one kind.
    static func forEachExtension<Element>(
        _ list: UnsafeMutablePointer<clist>?, _ identifier: Int, type: Int, as element: Element.Type,
        _ body: (Element) -> Void
    ) {
        unsafe forEach(list, as: mailimap_extension_data.self) { item in
            guard let data = unsafe data(item, identifier, type: type, as: element) else { return }
            unsafe body(data.pointee)
        }
    }

    /// The data of an extension, if it is of this kind.
    static func data<Element>(
        _ item: mailimap_extension_data, _ identifier: Int, type: Int, as element: Element.Type
    ) -> UnsafeMutablePointer<Element>? {
        guard let kind = unsafe item.ext_extension, unsafe Int(kind.pointee.ext_id) == identifier,
            unsafe Int(item.ext_type) == type, let data = unsafe item.ext_data
        else { return nil }
        return unsafe data.assumingMemoryBound(to: Element.self)
    }

    static func string(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe String(cString: pointer)
    }

    static func set(_ set: UnsafeMutablePointer<mailimap_set>?) -> UIDSet {
        var ranges: [ClosedRange<UID>] = []
        unsafe forEach(set?.pointee.set_list, as: mailimap_set_item.self) { item in
            // Zero is libetpan's `*`, which no server may send here.
            guard let first = UID(item.set_first), let last = UID(item.set_last) else { return }
            ranges.append(min(first, last)...max(first, last))
        }
        return UIDSet(ranges: ranges)
    }

    static func flag(_ flag: mailimap_flag) -> Flag? {
        switch unsafe Int(flag.fl_type) {
        case MAILIMAP_FLAG_ANSWERED: Flag("\\Answered")
        case MAILIMAP_FLAG_FLAGGED: Flag("\\Flagged")
        case MAILIMAP_FLAG_DELETED: .deleted
        case MAILIMAP_FLAG_SEEN: .seen
        case MAILIMAP_FLAG_DRAFT: .draft
        case MAILIMAP_FLAG_KEYWORD: unsafe string(flag.fl_data.fl_keyword).map(Flag.init)
        // libetpan leaves the backslash out.
        case MAILIMAP_FLAG_EXTENSION: unsafe string(flag.fl_data.fl_extension).map { Flag("\\" + $0) }
        default: nil
        }
    }

    static func timestamp(_ date: mailimap_date_time) -> Timestamp? {
        let zone = Int(date.dt_zone)
        let offset = (zone / 100 * 60 + zone % 100) * 60
        return Timestamp(
            year: Int(date.dt_year), month: Int(date.dt_month), day: Int(date.dt_day),
            hour: Int(date.dt_hour),
            minute: Int(date.dt_min), second: Int(date.dt_sec), offset: offset)
    }
}

extension FetchReader.Item {
    init(_ attributes: mailimap_msg_att) {
        var item = Self()
        unsafe Parsed.forEach(attributes.att_list, as: mailimap_msg_att_item.self) { part in
            switch unsafe Int(part.att_type) {
            case MAILIMAP_MSG_ATT_ITEM_DYNAMIC: unsafe item.setFlags(part.att_data.att_dyn)
            case MAILIMAP_MSG_ATT_ITEM_STATIC: unsafe item.set(part.att_data.att_static)
            case MAILIMAP_MSG_ATT_ITEM_EXTENSION: unsafe item.setExtension(part.att_data.att_extension_data)
            default: break
            }
        }
        self = item
    }

    private mutating func setFlags(_ dynamic: UnsafeMutablePointer<mailimap_msg_att_dynamic>?) {
        var found: [Flag] = []
        unsafe Parsed.forEach(dynamic?.pointee.att_list, as: mailimap_flag_fetch.self) { fetched in
            if unsafe Int(fetched.fl_type) == MAILIMAP_FLAG_FETCH_RECENT {
                found.append(Flag("\\Recent"))
            } else if let flag = unsafe fetched.fl_flag, let copy = unsafe Parsed.flag(flag.pointee) {
                found.append(copy)
            }
        }
        flags = found
    }

    private mutating func set(_ part: UnsafeMutablePointer<mailimap_msg_att_static>?) {
        guard let part = unsafe part else { return }
        switch unsafe Int(part.pointee.att_type) {
        case MAILIMAP_MSG_ATT_UID: uid = unsafe UID(part.pointee.att_data.att_uid)
        case MAILIMAP_MSG_ATT_RFC822_SIZE: size = unsafe part.pointee.att_data.att_rfc822_size
        case MAILIMAP_MSG_ATT_INTERNALDATE:
            internalDate = unsafe part.pointee.att_data.att_internal_date.flatMap {
                unsafe Parsed.timestamp($0.pointee)
            }
        default: break
        }
    }

    private mutating func setExtension(_ part: UnsafeMutablePointer<mailimap_extension_data>?) {
        guard let part = unsafe part?.pointee else { return }
        if let data = unsafe Parsed.data(
            part, MAILIMAP_EXTENSION_CONDSTORE, type: MAILIMAP_CONDSTORE_TYPE_FETCH_DATA,
            as: mailimap_condstore_fetch_mod_resp.self)
        {
            modSeq = unsafe ModSeq(data.pointee.cs_modseq_value)
        }
        if let data = unsafe Parsed.data(part, MAILIMAP_EXTENSION_XGMMSGID, type: 0, as: UInt64.self) {
            gmailMessageID = unsafe data.pointee
        }
        if let data = unsafe Parsed.data(
            part, MAILIMAP_EXTENSION_XGMLABELS, type: 0, as: mailimap_msg_att_xgmlabels.self)
        {
            var labels: [String] = []
            var cell = unsafe data.pointee.att_labels?.pointee.first
            while let current = unsafe cell {
                if let text = unsafe current.pointee.data {
                    labels.append(unsafe String(cString: text.assumingMemoryBound(to: CChar.self)))
                }
                unsafe cell = current.pointee.next
            }
            gmailLabels = labels
        }
    }
}
