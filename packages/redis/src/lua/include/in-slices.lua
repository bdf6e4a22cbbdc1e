-- Calls `use(from, to)` over first..last in slices: `unpack` cannot put more than 8,000 values on Lua's stack.
local function in_slices(first, last, slice, use)
  for from = first, last, slice do
    use(from, math.min(from + slice - 1, last))
  end
end
