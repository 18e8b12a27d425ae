internal import CLinux
internal import Glibc

/// What a child gives up before it looks at the first octet of a hostile file.
///
/// It keeps descriptor 3 to read and 1 and 2 to write to. No sockets, no
/// processes, no files, no new privileges, bounded memory and time. Applied
/// on the main thread before any other is started: Landlock holds for the
/// thread that asks and those it starts.
package struct Lockdown: Hashable, Sendable {
    package enum Reach: Hashable, Sendable {
        /// A parser in this very process.
        case nothing
        /// A program of the system's that the child becomes: it may read the system's libraries and the
        /// child's input.
        case program(String)
    }

    /// What held in the end.
    package struct Applied: Hashable, Sendable {
        /// Zero: the kernel has none, and only seccomp and the limits hold.
        package let landlockVersion: Int
    }

    package let limits: ResourceLimits
    package let reach: Reach

    package init(limits: ResourceLimits, reach: Reach = .nothing) {
        self.limits = limits
        self.reach = reach
    }

    /// Whether this kernel fences children off from files; what `check` tells an administrator.
    package static var landlockVersion: Int { Landlock.version }

    /// Locks this process down, for good.
    ///
    /// Throws when even seccomp is missing: then nothing hostile is opened at
    /// all. A kernel without Landlock is told by the result.
    package func apply() throws(SandboxError) -> Applied {
        volunteer()
        guard mr_no_new_privileges() == 0 else {
            throw SandboxError(errno: errno, doing: "giving up new privileges")
        }
        let version = Landlock.version
        let landlock = try Landlock.begin()
        switch landlock {
        case .some(let landlock):
            try allow(reach, in: landlock)
            try landlock.restrict()
        case .none: break
        }
        try limits.apply()
        try filter().install()
        return Applied(landlockVersion: version)
    }

    /// When the machine runs out of memory, this process is the one to be killed. proc(5), oom_score_adj.
    private func volunteer() {
        let score = unsafe open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)
        guard score >= 0 else { return }
        _ = unsafe write(score, "1000", 4)
        close(score)
    }

    private func allow(_ reach: Reach, in landlock: borrowing Landlock) throws(SandboxError) {
        guard case .program(let path) = reach else { return }
        try landlock.allow(Self.input, .readFile)
        try landlock.allow(path, [.execute, .readFile])
        // The ELF interpreter, which the kernel itself opens to execute.
        for loader in ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"] {
            try landlock.allow(loader, [.execute, .readFile])
        }
        for tree in [
            "/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/share", "/etc/fonts", "/var/cache/fontconfig",
        ] {
            try landlock.allow(tree, .readTree)
        }
        try landlock.allow("/etc/ld.so.cache", .readFile)
    }

    /// The descriptor every child reads from.
    package static let input: Int32 = 3

    private func filter() -> SeccompFilter {
        var filter = SeccompFilter()
        filter.allow(Self.parsing)
        switch reach {
        case .nothing:
            // glibc's fstat is a newfstatat on a descriptor with AT_EMPTY_PATH. Of a path it is for programs alone:
            // they would find no font.
            filter.allow(SYS_newfstatat, whenArgument: 3, is: 0x1000)
            filter.allow(SYS_mmap, whenArgument: 2, lacks: PROT_EXEC)
            filter.allow(SYS_mprotect, whenArgument: 2, lacks: PROT_EXEC)
        case .program:
            filter.allow(Self.starting)
        }
        if limits.threads {
            // What clone3 is told lies in memory, where a filter can't look.
            filter.disown(SYS_clone3)
            filter.allow(SYS_clone, whenArgument: 0, has: Self.thread)
        }
        return filter
    }

    /// CLONE_THREAD, a macro that Swift does not see. clone(2).
    private static let thread: Int32 = 0x0001_0000

    /// Memory, time, and reading and writing what is already open.
    private static let parsing: [Int32] = [
        SYS_read, SYS_pread64, SYS_readv, SYS_write, SYS_writev, SYS_lseek, SYS_close, SYS_fstat,
        SYS_brk, SYS_munmap, SYS_mremap, SYS_madvise, SYS_futex, SYS_sched_yield,
        SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack,
        SYS_clock_gettime, SYS_gettimeofday, SYS_getrandom, SYS_getpid, SYS_gettid,
        SYS_exit, SYS_exit_group, SYS_restart_syscall,
    ]

    /// What the loader and a program's start need besides; Landlock decides which files.
    private static let starting: [Int32] = {
        var calls: [Int32] = [
            SYS_execve, SYS_mmap, SYS_mprotect, SYS_openat, SYS_readlinkat, SYS_faccessat, SYS_faccessat2,
            SYS_newfstatat, SYS_statx, SYS_statfs, SYS_fstatfs, SYS_getdents64, SYS_fcntl, SYS_getcwd,
            SYS_prlimit64, SYS_set_tid_address, SYS_set_robust_list, SYS_rseq, SYS_uname, SYS_sysinfo,
            SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_clock_getres, SYS_clock_nanosleep,
        ]
        #if arch(x86_64)
            calls += [
                SYS_arch_prctl, SYS_open, SYS_access, SYS_stat, SYS_lstat, SYS_readlink, SYS_time,
            ]
        #endif
        return calls
    }()
}
