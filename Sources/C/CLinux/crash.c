// Notes in a file that this process crashed, with nothing but what a signal handler may call.
#include "clinux.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static const int signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
enum { count = sizeof signals / sizeof signals[0] };
static struct sigaction before[count];
static atomic_int note = -1;
static atomic_flag begun = ATOMIC_FLAG_INIT;

static void crashed(int number, siginfo_t *info, void *context) {
    (void)context;
    const char one = 1;
    const int descriptor = atomic_load(&note);
    if (descriptor >= 0) {
        ssize_t written = pwrite(descriptor, &one, 1, 0);
        (void)written;
    }
    for (int index = 0; index < count; index++)
        if (signals[index] == number) sigaction(number, &before[index], 0);
    // A fault happens again on return, now to whoever handled it before. What was sent does not.
    if (info->si_code <= 0) raise(number);
}

void mr_note_crashes(int descriptor) {
    atomic_store(&note, descriptor);
    if (atomic_flag_test_and_set(&begun)) return;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = crashed;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    for (int index = 0; index < count; index++) sigaction(signals[index], &action, &before[index]);
}

void mr_forget_crashes(int descriptor) {
    // The number may soon be another file's, which a crash must not write to.
    atomic_compare_exchange_strong(&note, &descriptor, -1);
}
