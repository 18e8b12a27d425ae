// toml++ behind a C interface. Nothing here decides anything.
#pragma once
