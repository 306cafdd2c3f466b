"""An organisation deregistered: it joins what firms/, courses/ and grants/ each have open for it."""
