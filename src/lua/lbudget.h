/* lbudget.h - the limits on the script that a Lua state runs */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LBUDGET_H
#define RACKSPACE_LBUDGET_H

#include "base/budget.h"
#include "lua/compat.h"

#pragma GCC visibility push(hidden)

/* The registry's key of the budget, a light userdata. Set by the host. */
#define LBUDGET_KEY "rackspace.budget"

/* The budget of a state; NULL when it has none, outside of librackspace. */
budget *lbudget_get(lua_State *L);

/* Counts work done in C as so many instructions; raises an error when the
   script has to end. */
void lbudget_charge(lua_State *L, double instructions);

#pragma GCC visibility pop

#endif
