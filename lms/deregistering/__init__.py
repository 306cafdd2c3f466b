"""An organisation deregistered: it joins what firms/, courses/, grants/, trials/ and mentors/ each have open for it."""
