// libetpan, whole. Nothing here decides anything.
#pragma once
#include <libetpan/libetpan.h>
#include <libetpan/mailstream_helper.h>
