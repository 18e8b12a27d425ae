internal import Mail
internal import Text

/// Decides what becomes of every part of a message. PRODUCT.md section 2.4.
///
/// Each part ends in exactly one state, with a reason: what is not filed is
/// not forgotten either. Nothing here is ever filed where a client sees it
/// unless From is proven and the account is certain.
package struct FilingPlan: Sendable {
    package let settings: FilingSettings

    package init(_ settings: FilingSettings = FilingSettings()) { self.settings = settings }

    /// One plan for each part, in their order.
    ///
    /// `isTaken` says whether a name, as ``SafeName/key(_:)`` has it, is in
    /// use in a folder of the account; the plan minds its own names itself.
    package func plan(
        _ context: FilingContext, _ parts: [PartFacts], isTaken: (FolderPath, String) -> Bool
    ) -> [PartPlan] {
        var plans: [PartPlan] = []
        var names: Set<PlannedName> = []
        var contents: [SHA256Digest: Section] = [:]
        let broken = BrokenContainers(parts)
        let hold = MessageHold(context, settings)
        for part in parts {
            let judge = PartJudge(settings: settings, context: context, part: part, broken: broken)
            if let plan = judge.settled {
                plans.append(plan)
                continue
            }
            if let hold {
                plans.append(
                    PartPlan(part.section, .needsFiling, hold.reason, because: hold.because, at: hold.where))
                continue
            }
            guard let account = context.account else {
                preconditionFailure("a message without an account is held")
            }
            if let plan = judge.duplicate(contents) ?? judge.unfit {
                plans.append(plan)
                continue
            }
            let target = Target(settings, context, account, part)
            let name = SafeName.unique(SafeName.file(part.name, part.typeForName)) { key in
                names.contains(PlannedName(folder: target.folder, key: key)) || isTaken(target.folder, key)
            }
            names.insert(PlannedName(folder: target.folder, key: SafeName.key(name)))
            contents[part.sha256] = part.section
            plans.append(
                PartPlan(
                    part.section, .filed, judge.hasMacros ? .macro : nil, because: target.because,
                    destination: Destination(folder: target.folder, name: name, access: target.access),
                    at: target.where))
        }
        precondition(plans.count == parts.count, "every part has a plan")
        return plans
    }

    /// Where a part goes that staff file whatever it is, by the same rules; its name may be taken there.
    package func destination(_ context: FilingContext, _ part: PartFacts) -> (Destination, where: String?)? {
        guard let account = context.account else { return nil }
        let target = Target(settings, context, account, part)
        let name = SafeName.file(part.name, part.typeForName)
        return (Destination(folder: target.folder, name: name, access: target.access), target.where)
    }

    private struct PlannedName: Hashable {
        let folder: FolderPath
        let key: String
    }
}

/// Where a document goes: where a client put it, a request's folder, a rule's, or Intake where nobody outside sees it.
private struct Target {
    let folder: FolderPath
    let access: Access
    let because: String
    let `where`: String?

    init(_ settings: FilingSettings, _ context: FilingContext, _ account: Account, _ part: PartFacts) {
        let intake = Self.intakeReason(context, part)
        if let intake {
            let name = account.intake?.name ?? DefaultFolders.intakeName(account.language)
            folder = FolderPath(top: SafeName.directory(name))
            access = account.intake?.access ?? .private
            because = intake
            self.where = nil
            return
        }
        if let chosen = context.chosen {
            folder = chosen
            access = account.access(of: chosen)
            because = "the client put it there"
            self.where = nil
            return
        }
        if let request = context.matching.request, request.account == account.id {
            folder = request.folder
            access = account.access(of: folder)
            because = "it answers \(request.name)"
            self.where = nil
            return
        }
        let rule = settings.rules.first { rule in
            (rule.sources.isEmpty || rule.sources.contains(context.source))
                && rule.senders.fit(context.from) && rule.subjects.fit(context.subject)
                && rule.fileNames.fit(part.name ?? "")
        }
        let standard = account.defaultFolder?.name ?? DefaultFolders.defaultName(account.language)
        folder = (rule?.folder ?? settings.folder).expanded(
            default: standard, date: settings.timeZone.civil(context.received), language: account.language)
        access = account.access(of: folder)
        because = rule.map { "filing rule \"\($0.name)\"" } ?? "no filing rule fits, so [filing] folder"
        self.where = rule.map(\.where) ?? settings.folderWhere
    }

    /// Why a document stays out of the client's sight for now.
    private static func intakeReason(_ context: FilingContext, _ part: PartFacts) -> String? {
        if PartJudge.hasMacros(part) { return "it carries macros: look before you open it" }
        if context.isConfirmed { return nil }
        if context.verdict == .open, !context.isSenderConfirmed { return "the sender is not confirmed" }
        if context.matching.intoIntake { return "the sender is not on the account's list" }
        return nil
    }
}

extension Account {
    /// Access is the folder's, never the rule's; one that isn't there yet is nobody's but staff's.
    fileprivate func access(of folder: FolderPath) -> Access {
        let top = SafeName.key(folder.top)
        return folders.first { SafeName.key(SafeName.directory($0.name)) == top }?.access ?? .private
    }
}

extension [NamePattern] {
    /// A condition that isn't set fits everything.
    fileprivate func fit(_ text: String) -> Bool { isEmpty || contains { $0.matches(text) } }
}
