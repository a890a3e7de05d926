-- Asks for each photo once: photo 1, 2, 3, ... of those that `run` made, from where FIRST says.
local next = tonumber(os.getenv("FIRST"))
request = function()
  next = next + 1
  return wrk.format("GET", "/t/small/" .. next .. ".jpg")
end
