// account.cc - the same in C++: one account, and its contacts page by page
// SPDX-License-Identifier: MIT
#include <rackspace.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

namespace {

struct freed {
  void operator()(rackspace *rs) const { rackspace_free(rs); }
};

std::string call(rackspace *rs, const char *operation, const char *arguments)
{
  const char *result = nullptr;
  if (rackspace_call(rs, operation, arguments, &result) != 0)
    throw std::runtime_error(rackspace_error(rs)->message);
  return result;
}

} // namespace

int main()
try {
  rackspace_options options = RACKSPACE_OPTIONS;
  std::unique_ptr<rackspace, freed> rs{rackspace_new(&options)};
  if (!rs)
    throw std::runtime_error("not enough memory");
  std::puts(call(rs.get(), "accounts.get", R"(["CLOUD/10101"])").c_str());
  int pages = 0;
  auto count = [](void *user, const char *) {
    return ++*static_cast<int *>(user), 0;
  };
  if (rackspace_pages(rs.get(), "contacts.list", R"(["CLOUD/10101"])", count,
                      &pages) != 0)
    throw std::runtime_error(rackspace_error(rs.get())->message);
  std::printf("%d page\n", pages);
} catch (const std::exception &problem) {
  std::fprintf(stderr, "%s\n", problem.what());
  return 1;
}
