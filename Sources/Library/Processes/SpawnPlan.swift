internal import CLinux
internal import Glibc

/// What `posix_spawn` shall do in the child before the program runs.
///
/// @safe because the pointers are made in `init`, freed once in `deinit`, and lent to one call in between.
@safe struct SpawnPlan: ~Copyable {
    let actions: UnsafeMutablePointer<posix_spawn_file_actions_t>
    let attributes: UnsafeMutablePointer<posix_spawnattr_t>

    init(directory: String, input: Int32?, output: String?) {
        unsafe actions = .allocate(capacity: 1)
        unsafe attributes = .allocate(capacity: 1)
        unsafe posix_spawn_file_actions_init(actions)
        unsafe posix_spawnattr_init(attributes)
        unsafe mr_spawn_chdir(actions, directory)
        if let input {
            unsafe posix_spawn_file_actions_adddup2(actions, input, STDIN_FILENO)
        } else {
            unsafe posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        unsafe posix_spawn_file_actions_addopen(
            actions, STDOUT_FILENO, output ?? "/dev/null", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        unsafe posix_spawn_file_actions_adddup2(actions, STDOUT_FILENO, STDERR_FILENO)
        unsafe mr_spawn_closefrom(actions, 3)

        // A daemon blocks signals on its threads, and a child would inherit that.
        var none = sigset_t()
        var all = sigset_t()
        unsafe sigemptyset(&none)
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(attributes, &none)
        unsafe posix_spawnattr_setsigdefault(attributes, &all)
        unsafe posix_spawnattr_setpgroup(attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        unsafe posix_spawnattr_setflags(attributes, Int16(flags))
    }

    deinit {
        unsafe posix_spawn_file_actions_destroy(actions)
        unsafe posix_spawnattr_destroy(attributes)
        unsafe actions.deallocate()
        unsafe attributes.deallocate()
    }
}

/// An array of C strings that ends with a null pointer, as `execve` wants it.
///
/// @safe because the pointers are made in `init`, freed once in `deinit`, and lent to one call in between.
@safe struct CStrings: ~Copyable {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ strings: [String]) {
        count = strings.count
        unsafe pointers = .allocate(capacity: strings.count + 1)
        for (index, string) in strings.enumerated() {
            unsafe (pointers + index).initialize(to: strdup(string))
        }
        unsafe (pointers + strings.count).initialize(to: nil)
    }

    deinit {
        for index in 0..<count { unsafe free(pointers[index]) }
        unsafe pointers.deallocate()
    }
}
