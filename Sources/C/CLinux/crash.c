// Notes in a file that this process crashed, with nothing but what a signal handler may call.
#include "clinux.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static const int signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
enum { count = sizeof signals / sizeof signals[0] };
static struct sigaction before[count];
static volatile int note = -1;

static void crashed(int number, siginfo_t *info, void *context) {
    (void)context;
    const char one = 1;
    ssize_t written = pwrite(note, &one, 1, 0);
    (void)written;
    for (int index = 0; index < count; index++)
        if (signals[index] == number) sigaction(number, &before[index], 0);
    // A fault happens again on return, now to whoever handled it before. What was sent does not.
    if (info->si_code <= 0) raise(number);
}

void mr_note_crashes(int descriptor) {
    int begins = note < 0;
    note = descriptor;
    if (!begins) return;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = crashed;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    for (int index = 0; index < count; index++) sigaction(signals[index], &action, &before[index]);
}
