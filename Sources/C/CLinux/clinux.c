#define _GNU_SOURCE
#include "clinux.h"

int mr_accept(int descriptor) { return accept4(descriptor, 0, 0, SOCK_CLOEXEC); }
