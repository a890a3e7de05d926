// Serves DynamoDB's protocol from memory on the loopback interface, until its standard input ends.
import dynalite from 'dynalite'

const server = dynalite({ createTableMs: 0, deleteTableMs: 0 })
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
process.stdin.on('end', () => process.exit(0)).resume()
